"""The sign-in form."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm

from agencies.text import nfc


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "inactive": "Tài khoản này đã ngừng sử dụng. Liên hệ quản trị hệ thống để được mở lại.",
    }

    def clean_username(self) -> str:
        """Names are lower case; a phone's keyboard likes to begin with a capital."""
        return nfc(self.cleaned_data["username"]).strip().lower()
