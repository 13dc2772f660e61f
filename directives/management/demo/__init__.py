"""The demonstration: one real letter, its people and a believable history, as `manage.py load_demo` loads them."""
