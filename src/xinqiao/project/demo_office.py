"""The organs and the staff of the demonstration office: an invented city with one of its counties."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from xinqiao.organs.models import Holding, Organ, Post, Role, User
from xinqiao.organs.tree import found_organ

SINCE = date(2015, 1, 1)
PASSWORD = "hechuan-demo-2026"

# code, parent, line parent, kind, category, level, name, Traditional, English, short name, address, telephone
ORGANS = (
    (
        "YZ",
        None,
        None,
        "organ",
        "government",
        "city",
        "云州市人民政府",
        "雲州市人民政府",
        "Yunzhou City Government",
        "市政府",
        "云州市人民路1号",
        "0000-5123 0001",
    ),
    (
        "YZXF",
        "YZ",
        None,
        "bureau",
        "government",
        "city",
        "云州市信访局",
        "雲州市信訪局",
        "Yunzhou City Petition Office",
        "市信访局",
        "云州市人民路3号",
        "0000-5123 4567",
    ),
    (
        "YZZJ",
        "YZ",
        None,
        "organ",
        "government",
        "city",
        "云州市住房和城乡建设局",
        "雲州市住房和城鄉建設局",
        "Yunzhou City Housing Bureau",
        "市住建局",
        "云州市建设路8号",
        "0000-5123 8890",
    ),
    (
        "HC",
        "YZ",
        None,
        "organ",
        "government",
        "county",
        "禾川县人民政府",
        "禾川縣人民政府",
        "Hechuan County Government",
        "县政府",
        "禾川县文昌路1号",
        "0000-6123 0001",
    ),
    (
        "HCXF",
        "HC",
        "YZXF",
        "bureau",
        "government",
        "county",
        "禾川县信访局",
        "禾川縣信訪局",
        "Hechuan County Petition Office",
        "县信访局",
        "禾川县文昌路18号",
        "0000-6123 4567",
    ),
    (
        "HCZJ",
        "HC",
        "YZZJ",
        "organ",
        "government",
        "county",
        "禾川县住房和城乡建设局",
        "禾川縣住房和城鄉建設局",
        "Hechuan County Housing Bureau",
        "县住建局",
        "禾川县建设路6号",
        "0000-6123 8890",
    ),
    (
        "HCRS",
        "HC",
        None,
        "organ",
        "government",
        "county",
        "禾川县人力资源和社会保障局",
        "禾川縣人力資源和社會保障局",
        "Hechuan County Labour Bureau",
        "县人社局",
        "禾川县文昌路22号",
        "0000-6123 8801",
    ),
    (
        "HCJW",
        "HC",
        None,
        "organ",
        "supervisory",
        "county",
        "中共禾川县纪律检查委员会",
        "中共禾川縣紀律檢查委員會",
        "Hechuan County Discipline Commission",
        "县纪委",
        "禾川县文昌路5号",
        "0000-6123 8800",
    ),
    (
        "HCRD",
        "HC",
        None,
        "organ",
        "congress",
        "county",
        "禾川县人大常委会信访室",
        "禾川縣人大常委會信訪室",
        "Hechuan Congress Petition Room",
        "县人大信访室",
        "禾川县文昌路3号",
        "0000-6123 8802",
    ),
    (
        "YXZ",
        "HC",
        None,
        "organ",
        "government",
        "township",
        "云溪镇人民政府",
        "雲溪鎮人民政府",
        "Yunxi Township Government",
        "云溪镇",
        "云溪镇振兴街2号",
        "0000-6125 0011",
    ),
    (
        "LWC",
        "YXZ",
        None,
        "organ",
        "village",
        "village",
        "云溪镇柳湾村村民委员会",
        "雲溪鎮柳灣村村民委員會",
        "Liuwan Village Committee",
        "柳湾村",
        "云溪镇柳湾村",
        "0000-6125 0112",
    ),
)
HOURS = "工作日 8:30–12:00，14:00–17:30"

# username, name, organ, role, title, ceiling
STAFF = (
    ("hexiaowen", "何晓雯", "HCXF", Role.CLERK, "接访科科员", 2),
    ("qinshuo", "秦朔", "HCXF", Role.BUREAU_HEAD, "县信访局局长", 2),
    ("dulan", "杜岚", "HCXF", Role.INSPECTOR, "督查专员", 2),
    ("wenqi", "文琪", "HCXF", Role.ARCHIVIST, "档案员", 1),
    ("admin", "系统管理员", "HCXF", Role.ADMINISTRATOR, "系统管理员", 2),
    ("jiangbo", "江波", "HCZJ", Role.HANDLER, "物业管理股股长", 1),
    ("tanyue", "谭越", "HCZJ", Role.ORGAN_HEAD, "县住建局局长", 2),
    ("shenlu", "沈露", "HCZJ", Role.CLERK, "办公室文员", 1),
    ("luowentao", "罗文涛", "YXZ", Role.HANDLER, "云溪镇信访专干", 1),
    ("yanli", "严立", "YXZ", Role.ORGAN_HEAD, "云溪镇镇长", 1),
    ("baiyun", "白芸", "HCRS", Role.HANDLER, "劳动关系股股长", 1),
    ("fangyuan", "方远", "HCRS", Role.ORGAN_HEAD, "县人社局局长", 1),
    ("guoting", "郭汀", "HC", Role.LEADER, "副县长", 2),
    ("xuanni", "宣妮", "HC", Role.REVIEWER, "县复查复核办科员", 1),
    ("lushan", "陆杉", "HC", Role.CLERK, "县政府办公室收文员", 1),
    ("moran", "莫然", "YZ", Role.REVIEWER, "市复查复核办科员", 1),
    ("jinhe", "金禾", "YZXF", Role.CLERK, "市信访局办信科科员", 2),
    ("weiran", "魏然", "HCJW", Role.HANDLER, "信访室科员", 2),
    ("zhongheng", "钟衡", "HCJW", Role.ORGAN_HEAD, "信访室主任", 2),
    ("tonghua", "童桦", "HCRD", Role.CLERK, "县人大信访室科员", 1),
    ("hotline", "便民热线平台", "HCXF", Role.PARTNER, "便民热线", 0),
)


Row = Sequence[Any]


def found_office(rows: Iterable[Row] = ORGANS) -> dict[str, Organ]:
    """Found organs, in one transaction of the caller's; each after those above it. The organs by code."""
    organs: dict[str, Organ] = {}
    for code, parent, line, kind, category, level, name, hant, english, short, address, telephone in rows:
        organs[code] = found_organ(
            code=code,
            name=name,
            since=SINCE,
            name_hant=hant,
            name_en=english,
            short_name=short,
            kind=kind,
            category=category,
            level=level,
            parent=organs.get(parent or ""),
            line_parent=organs.get(line or ""),
            address=address,
            telephone=telephone,
            reception_hours=HOURS,
            is_front=code == "HCXF",
            number_pattern="HC{year}-{seq:05}" if parent is None else "",
        )
    return organs


def hire(organs: dict[str, Organ], staff: Iterable[Row] = STAFF, *, password: str = PASSWORD) -> dict[str, User]:
    """Give every role its people; one hash serves all, because hashing is slow on purpose."""
    first = User(username="-")
    first.set_password(password)
    users, posts, holdings = [], [], []
    for username, name, code, role, title, ceiling in staff:
        users.append(User(username=username, name=name, password=first.password, is_partner=role == Role.PARTNER))
        posts.append(Post(organ=organs[code], title=title, role=role, ceiling=ceiling))
        holdings.append(Holding(post=posts[-1], user=users[-1], since=SINCE))
    User.objects.bulk_create(users)
    Post.objects.bulk_create(posts)
    Holding.objects.bulk_create(holdings)
    return {user.username: user for user in users}
