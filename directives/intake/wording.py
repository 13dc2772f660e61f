"""The words of administrative Vietnamese that the reader knows: who is told, with which verb, to do what.

Tables only. Where a word is compared without diacritics ("plain") it has at least two syllables, or cannot be mistaken;
single syllables are compared as written, because giao (to assign) and giáo (in education) are one without diacritics.
"""

import re

from .sheet import bare


def any_of(words: str) -> str:
    """A regular expression for the phrases in `words`, one a line or parted by "|", the longest first."""
    phrases = {phrase.strip() for phrase in words.replace("\n", "|").split("|")} - {""}
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True))


# Verbs with which a superior orders, and with which one asks a body that is not subordinate.
ORDERS = "yêu cầu|giao|phân công|chỉ thị|ủy quyền|giao nhiệm vụ cho|giao trách nhiệm cho|ủy nhiệm|giao cho"
REQUESTS = "trân trọng đề nghị|kính đề nghị|đề nghị|kính mời|trân trọng kính mời|mời|mong"

# Nouns a body's name begins with (names of Vietnamese bodies at large). Some single syllables begin common words too:
# SHORT_NOUNS says which syllables may not follow them.
BODY_NOUNS = """
ủy ban nhân dân|uỷ ban nhân dân|ubnd|hđnd|hội đồng nhân dân|ủy ban|uỷ ban|ub mttq|ubmttq|ub|mttq|mặt trận tổ quốc
tổng cục|chi cục|học viện|trung tâm|đại học|bệnh viện|công an|bộ chỉ huy|bộ tư lệnh|ban chỉ huy|ban chỉ đạo
ban quản lý|tạp chí|cổng thông tin điện tử|cổng ttđt|hiệp hội|liên hiệp|liên minh|liên đoàn|tổng liên đoàn|tỉnh đoàn
thành đoàn|huyện đoàn|trung ương đoàn|trung ương hội|tòa án|toà án|tand|viện kiểm sát|vksnd|lđlđ|kho bạc|ngân hàng
bảo hiểm xã hội|bhxh|công ty
tổng công ty|tập đoàn|ban thường vụ|đảng ủy|đảng uỷ|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|chi nhánh
văn phòng thường trực|cơ quan thường trực|tổ công tác|tổ giúp việc|câu lạc bộ|hợp tác xã|cơ quan báo|bưu điện
thông tấn xã|bộ đội biên phòng|bđbp|đại sứ quán|trạm y tế|hội đồng|cơ sở cai nghiện|thuế tỉnh|thống kê tỉnh|quân khu
báo và phát thanh, truyền hình|báo và phát thanh - truyền hình|báo và đài phát thanh|báo và đài pt-th
ttxvn|vtv|vov|nhà khách|bậc học|lực lượng chức năng|lực lượng kiểm lâm|chính quyền địa phương|đơn vị tư vấn
đơn vị thi công|đơn vị vận hành|nhà thầu|chủ rừng
cơ sở đào tạo|cơ sở giáo dục|cơ sở y tế|cơ sở khám bệnh
cơ sở khám chữa bệnh|cơ sở sản xuất|cơ sở kinh doanh|cơ sở lưu trú
cơ sở giáo dục đại học|viễn thông|điện lực|viettel|vnpt|mobifone
"""
SHORT_NOUNS = {
    "thường trực": r"\d|tại|ở|sẵn|ứng|cứu|xử|cấp|chiến|nghiêm|trong|24|và|chống|phòng|,",
    "sở": "hữu|thích|đoản|dĩ",
    "bộ": "phận|máy|đội|luật|tiêu|chỉ số|hồ|môn|nhận|lọc|mẫu|thủ|câu|công cụ|dữ liệu|gõ|quy|tài liệu",
    "ban": "hành|đầu|ngày|đêm|bố",
    "cục": "bộ|diện|trưởng",
    "vụ": "việc|án|mùa|lợi|đông|xuân|trưởng|hè|thu|cháy|tai|đuối",
    "viện": "dẫn|trợ|phí|trưởng|cớ",
    "trường": "hợp|quay|kỳ|tồn|phái",
    "phòng": "chống|ngừa|bệnh|cháy|vệ|tránh|họp|thủ|dịch|trừ|hộ|cách|khi|,",
    "đài": "tưởng|thọ|các",
    "báo": "cáo|động|hiệu|tin|trước|chí|giá|đài|hỷ|ơn|thức",
    "hội": "nghị|thảo|nhập|viên|họp|chợ|diễn|thi|tụ|ngộ|trường|đàm|ý|kiến|thao",
    "đoàn": "viên|kết|công tác|kiểm tra|thể|đại biểu dự|giám sát|tàu|xe|viên|khách",
    "văn phòng": "phẩm",
    "vp": "hành",
    "thanh tra": r",|việc|kiểm|và|các|đột|toàn|về|công tác|chuyên đề",
    "kiểm toán": ",|việc|các",
    "quỹ": "đất|tiền|lương|thời",
    "đội": "ngũ|mũ|hình|trưởng|viên",
    "hạt": "giống|nhân",
    "trạm": "biến|thu|bơm|cân",
    "tổ": "chức|ấm|hợp|quốc|tiên|trưởng|yến|công tác",
    "ngành": "nghề|hàng|học",
}
TITLE_NOUNS = """
chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|thủ trưởng|bộ trưởng|thứ trưởng|chánh văn phòng|phó chánh văn phòng
trưởng ban|trưởng phòng|trưởng các|phó trưởng|bí thư|phó bí thư|thủ tướng|phó thủ tướng|tổng giám đốc|cục trưởng
chi cục trưởng|vụ trưởng|viện trưởng|chánh thanh tra|chánh án|hiệu trưởng|lãnh đạo|người đứng đầu|đồng chí
các đồng chí|thống đốc|tổng thanh tra|tổng biên tập|chủ nhiệm|chỉ huy trưởng|tư lệnh|đội trưởng|trưởng đoàn|tổ trưởng
thành viên|chủ đầu tư|tổng kiểm toán|trưởng công an|phó trưởng ban|trưởng đài|trưởng thôn|trưởng ngành|đại biểu
"""
# What a group is made of: after "các", and after a comma or "và" inside a group phrase.
GROUP_NOUNS = """
mầm non|tiểu học|thcs|thpt|trung học cơ sở|trung học phổ thông
cơ quan|đơn vị|tổ chức|đoàn thể|địa phương|huyện|thị xã|thành phố|thành|thị|quận|xã|phường|thị trấn|đặc khu|tỉnh
doanh nghiệp|cá nhân|cấp|nhà thầu|lực lượng|cơ sở|hộ gia đình|truyền thông|nhóm|sinh viên|học sinh|nghệ sĩ|nghệ sỹ
nghệ nhân|thôn|ấp|bản|khu phố|tổ dân phố|chi, đảng bộ|chi bộ|đảng bộ|làng nghề|báo chí|phát thanh|truyền hình
người dân|phóng viên|nhà trường|bộ ngành|ban ngành|chính quyền|cấp ủy|cấp uỷ|chuyên gia|nước|nhà khoa học|tổ|khối|cụm
hãng|thành viên|chủ đầu tư|chủ|nhà|khu|trưởng|phó|đồng chí|bên|phòng ban|sở ngành|ngành|ban|bậc học|hộ
"""
LEVELS = "huyện|thị xã|thành phố|thành|thị|quận|xã|phường|thị trấn|đặc khu|tỉnh|tp"
# Words that end a group phrase rather than begin the instruction.
QUALIFIERS = """
thông tin đại chúng|thông tin cơ sở|thông tấn|có liên quan|liên quan|có chức năng|có thẩm quyền|có trụ sở|thuộc
cấp tỉnh|cấp huyện|cấp xã|cấp trên|cấp dưới|cấp cơ sở|cấp thành phố|cấp trung ương|cấp quận|cấp thị xã|cấp phường
trực thuộc|trên địa bàn|của|chức năng|khác|chuyên môn|chuyên trách về|chuyên trách|chủ quản|trung ương|địa phương
ngang|trong tỉnh|trong huyện|đóng trên địa bàn|trong và ngoài tỉnh|có tên|nêu trên|đoàn thể|khu vực|ngoài công lập
công lập|tư nhân|tư thục|nhà nước|do|có cửa khẩu|ven biển|biên giới|hữu quan|các cấp|đồng cấp|cùng cấp|sự nghiệp
diễn ra|được kiểm tra|được thanh tra|được giám sát|được mời|được phân công|được giao nhiệm vụ|được giao|còn lại
"""

# What places and undertakings are named after: "các cơ sở đào tạo", "đơn vị vận hành", "cơ quan quản lý chuyên ngành".
ACTIVITY_NOUNS = "cơ sở|đơn vị|cơ quan|doanh nghiệp|tổ chức|công ty|hộ|nhà máy|chủ"
ACTIVITIES = """
dao tao|boi duong|san xuat|kinh doanh|khai thac|van hanh|quan ly|cung cap|cung ung
do dac|do ve|nao vet|hoan tho|truy xuat|triet pha|lay mau|khu khuan|soat xet|khuyen cao|cam chot|cam moc|tap ket
tranh thu|no luc|doi thoai|thao go|siet chat|rut gon|thanh kiem tra|dap ung|tra cuu|phan anh|an dinh|xoa doi
cham soc|nuoi duong|dieu tri
dau tu|xay dung|thi cong|tu van|nghien cuu|phat hanh|kiem dinh|kham benh|kham chua benh|chua benh|tro giup
bao ve|tiem chung|su dung|che bien|dang kiem|tham dinh|giam sat|kiem tra|thu gom|xu ly|giet mo|bao tri
"""
# The verb a sentence is about, behind a name that holds a verb itself.
MAIN_VERBS = """
phoi hop|chu dong|co trach nhiem|chiu trach nhiem|tang cuong|khan truong|tiep tuc|phai|nghiem tuc|chu tri|day manh
tap trung|thuong xuyen|nghiem chinh|co giai phap|co bien phap|co ke hoach
"""

# Names of sectors, for departments and ministries of all provinces and years.
SECTORS = """
nông nghiệp và phát triển nông thôn|nông nghiệp và ptnt|nn&ptnt|nnptnt|nông nghiệp và môi trường|nn&mt|nông nghiệp
thông tin và truyền thông|thông tin & truyền thông|tt&tt|tttt|ttt&tt|kế hoạch và đầu tư|kế hoạch & đầu tư
kế hoạch - đầu tư|kh&đt|khđt|khoa học và công nghệ|khoa học & công nghệ|kh&cn|khcn|tài nguyên và môi trường
tài nguyên & môi trường|tn&mt|tnmt|giáo dục và đào tạo|giáo dục & đào tạo|giáo dục - đào tạo|gd&đt|gdđt|gd-đt
lao động - thương binh và xã hội|lao động, thương binh và xã hội|lao động thương binh và xã hội
lao động – thương binh và xã hội|lđ-tb&xh|lđtb&xh|lđtbxh|lđ-tbxh|văn hóa, thể thao và du lịch
văn hóa thể thao và du lịch|vhtt&dl|vhttdl|vh,tt&dl|văn hóa và thể thao|văn hóa, thể thao|du lịch|dân tộc và tôn giáo
dân tộc|tôn giáo|công thương|giao thông vận tải|gtvt|giao thông|xây dựng|tài chính|tư pháp|nội vụ|y tế|ngoại vụ
quy hoạch - kiến trúc|quy hoạch và kiến trúc|quốc phòng|công an|ngoại giao|thanh tra|an toàn thực phẩm
"""

# Verbs that open an instruction, two syllables or more: compared without diacritics.
VERBS = """
chu tri|phoi hop|chu dong|khan truong|tiep tuc|tang cuong|day manh|nang cao|thuc hien|trien khai|huong dan|theo doi
don doc|tham muu|cung cap|ra soat|kiem tra|thanh tra viec|giam sat|chi dao|tuyen truyen|cap nhat|giai quyet|bao cao
tong hop|de xuat|ban hanh|chuan bi|bo tri|dam bao|bao dam|kip thoi|nghien cuu|xem xet|quyet dinh|tham dinh|quan ly
xu ly|van dong|huy dong|pho bien|quan triet|thong bao|phan cong|hoan thanh|hoan thien|khac phuc|tiep nhan|tra loi
xay dung|nghiem tuc|tap trung|san sang|duy tri|doi moi|khuyen khich|long ghep|quan tam|chu trong|ho tro|tao dieu kien
dieu tra|xac minh|khao sat|thong ke|tinh toan|phan bo|thanh toan|quyet toan|dau tu|bien tap|phat song|dang tai|dua tin
can cu|co trach nhiem|chiu trach nhiem|co y kien|thuong xuyen|dinh ky|ap dung|nghiem cam|chap hanh|tham gia|gioi thieu
lap danh sach|lap ke hoach|lap bao cao|sua doi|dieu chinh|thanh lap|kien toan|phat dong|to chuc thuc hien
to chuc trien khai|to chuc kiem tra|don dep|truc tiep|thong nhat|gui bao cao|gui ve|khong de|khong duoc|dau moi|chu y
luu y|tiet kiem|cong khai|niem yet|trinh uy ban|trinh ubnd|trinh chu tich|trinh chinh phu|trinh thu tuong|trinh cap
ky ket|van hanh|khai thac|su dung|danh gia|so ket|tong ket|khen thuong|xu phat|ngan chan|dau tranh|bao ve|phong chong
phong ngua|ung pho|cuu ho|so tan|di doi|khoanh vung|cach ly|tiem chung|giai ngan|giai toa|giai phong|ban giao|thu hoi
cap phep|thay the|rut kinh nghiem|nhan rong|phat huy|phat trien|thuc day|mo rong|thu hut|tang thoi luong|xac dinh
phan loai|phan tich|du bao|canh bao|thong tin|truyen tai|dang ky|ke khai|xay ra|ung dung|chuyen doi|so hoa|dam nhan
phan dau|bao ton|ton tao|trung tu|tu chinh|nghiem chinh|quyet liet|manh dan|dong hanh|chia se|tra soat|cong bo
tich cuc|nhanh chong|giao trach nhiem|giao nhiem vu|lam viec|lam ro|lam tot|nhac nho|giu gin|tuan tra|canh gac|xu tri
kham chua benh|truc ban|du tru|cung ung|hop dong|dam phan|yeu cau|de nghi|kien nghi|chi tra|dau gia|dau thau|mua sam
sap xep|bo sung|can doi|phe duyet|chap thuan|doi chieu|trien lam|trung bay|tap huan|boi duong|dao tao|ren luyen
to chuc le|to chuc hoi|to chuc cac|to chuc tot|to chuc danh|hoan tra|nop ngan sach|len ke hoach|keu goi|cam tau
tim kiem|cuu tro|giup do|quang ba|lua chon|dua vao|dieu hanh|dieu dong|tuan thu|luu tru|cap phat|phat hien|ngan ngua
dap ung|nam bat|chuyen giao|lien he|phan anh|nghiem thu|soan thao|cong tac tham muu|mo lop|thuc thi|gop phan|gop y
tham van|phan bien|kiem soat|kiem dem|kiem ke|ra quyet dinh|nhan dien|trinh bay|phan luong|dieu tiet|thong tri
dinh huong|tien hanh|khoi phuc|bo nhiem|mien nhiem|giai trinh|kiem diem|chan chinh|xoa bo|tiep can|truy quet
tran ap|truy tim|truy vet|phun thuoc|tieu huy|chinh trang|treo co|treo bang|ky cam ket|cam ket
ra quan|tham gia y kien|xac nhan|xac lap|tao lap|ket noi|tich hop|han che|giam thieu
sap nhap|hop nhat|chia tach|luan chuyen|nhap du lieu|giai thich|to chuc thi|tich thu
tam giu|trao doi|phoi ket|thu thap|tong ra soat|cung co|nhan luc|chap nhan
tang thu|tang toc|rut ngan|cat giam|don gian hoa|chuan hoa|lam sach|bao quan|khoi cong|khanh thanh
tong duyet|ra mat|dien tap|tuyen chon
cham soc|nuoi duong|tro giup|tham hoi|dong vien|tri an|vao cuoc|lap bien ban|hoan chinh|tiep thu|tra ve|ngung su dung
ngung cung|ngung hoat|dinh chi|niem phong|thu dung|cap cuu|dieu tri|nang cap|thanh quyet
"""
# Phrases of several syllables that end a body's name but begin no instruction.
JOINTS = """
thuoc pham vi|theo chuc nang|theo tham quyen|theo quy dinh|theo nhiem vu|tren co so|trong qua trinh|trong pham vi
nham muc|de kip thoi|theo tinh than|theo noi dung|theo de nghi
"""
# Single syllables and particles that end a body's name: compared as written.
PARTICLES = (
    r"phải|cần|lập|gửi|cử|trình|nộp|đưa|được|bị|đã|đang|sẽ|không|nếu|để|trong|tại|theo|trước|sau|khi|nhằm|với|cho"
    r"|vào|giúp|qua|từ|đến|thì"
    r"|là|có|làm|mở|ký|in|đăng|chỉ(?!\s+huy)|giao(?!\s+thông)|mời|nhất|rà|về|biết|góp|dừng|đóng|tạm|chịu|nắm|căn"
    r"|lấy|xét|cấm|cùng|bám|đẩy|soạn|nghiêm|hoạt động"
    r"|tổ chức|dự(?!\s+án)|tăng|giảm|nghỉ|trả|khai|xin|thu|chi(?!\s+(?:nhánh|cục|bộ|hội|đoàn))|mua|bán|đón|treo|ra|hết"
)
# Nouns whose second syllable is a particle above.
NOUN_PAIRS = frozenset(
    [
        "công trình",
        "chương trình",
        "quá trình",
        "quy trình",
        "tờ trình",
        "tiến trình",
        "lộ trình",
        "công lập",
        "độc lập",
        "thành lập",
        "đối lập",
        "việc làm",
        "đăng ký",
        "giúp việc",
        "công khai",
        "địa chỉ",
        "nguồn thu",
        "hành chính",
        "công chức",
        "tổ chức",
        "nhà ở",
        "cơ sở",
        "quản trị",
        "dịch vụ",
        "tham gia",
    ]
)
# Verbs that no noun phrase contains: with one of them, the words before a colon are a sentence and not a heading.
STRONG_VERBS = """
chu tri|phoi hop|co trach nhiem|chiu trach nhiem|thuc hien|tiep tuc|khan truong|chi dao|can cu|tham muu|bao cao
ra soat|tap trung|tang cuong|day manh|chu dong|theo doi|don doc|trien khai|xay dung ke hoach|huong dan|kiem tra
to chuc thuc hien|to chuc trien khai|khong duoc|phan cong|bo tri|tong hop|lap danh sach|hoan thanh|quan triet
nghiem tuc|gom|bao gom|co y kien|yeu cau
"""

# How an instruction may begin when it names no body: the verbs above, and adverbs before them.
OPENERS = """
lam|lap|gui|cu|trinh|nop|dua|mo|ky|dang|dung|dong|tam dung|khong|nghiem|huy dong|dam bao|in an|su dung|nam|luu
lua chon|la co quan|la dau moi|to chuc|xac lap|giao|yeu cau|de nghi|moi|thu thap|to cao|day nhanh|co van ban
co ke hoach|co giai phap|co bien phap|co phuong an|keu goi|tang|giam|hop dong|tra|xay|quy hoach|tiep|sau khi|dinh ky
hang|chi|cac|neu|doi voi|ve|trong|truoc|khi|can|phai|thuong|rieng|dong thoi|ngoai|lay|bam sat|xoa bo|cat giam
tuyet doi|kien quyet|nghi|treo|truc|tu|het|ho tro|tim kiem|cuu|xep|mua|thi cong|tim|don|dong gop|tai tro|thuc day
boi thuong|giup
"""


def either(patterns: str) -> str:
    """A regular expression for the patterns in `patterns`, one a line; blanks between words may be line breaks."""
    lines = (line.strip() for line in patterns.splitlines())
    return "|".join(line.replace(" ", r"\s+") for line in lines if line)


def long_only(words: str) -> str:
    """The phrases of `words` that have at least two syllables."""
    return "|".join(phrase for phrase in words.replace("\n", "|").split("|") if " " in phrase.strip())


def plain_words(words: str) -> str:
    """`words` as an expression on text without diacritics."""
    return any_of(bare(words))
