"""Why a file is not taken in."""


class Unfit(Exception):
    """`str()` is the Vietnamese sentence for the sender, with %(name)s where the file's name goes."""


class Unreadable(Unfit):
    """Damaged, cut off, or of no kind the portal knows."""

    def __init__(self) -> None:
        super().__init__("Không đọc được tệp «%(name)s». Thử lưu lại dạng PDF hoặc DOCX rồi chọn lại.")
