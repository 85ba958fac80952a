"""Every power, alphabetically, and the roles that have it.

The grammar is ``subject:verb``; the verb of a legal act is the verb of its action, its URL and its event.
"""

from enum import StrEnum

from xinqiao.organs.models import Role


class Permission(StrEnum):
    ACCESS_LOG_READ = "access_log:read"
    ADMIN_SESSION_OPEN = "admin_session:open"
    MATTER_ACCEPT = "matter:accept"
    MATTER_ANNOTATE = "matter:annotate"
    MATTER_ASSIGN = "matter:assign"
    MATTER_ATTACH = "matter:attach"
    MATTER_CHANGE_PATH = "matter:change_path"
    MATTER_CLOSE = "matter:close"
    MATTER_CLOSE_HEARING = "matter:close_hearing"
    MATTER_CONVERT = "matter:convert"
    MATTER_DECIDE_OBJECTION = "matter:decide_objection"
    MATTER_DECLINE = "matter:decline"
    MATTER_ERASE = "matter:erase"
    MATTER_EXPORT = "matter:export"
    MATTER_EXTEND = "matter:extend"
    MATTER_OBJECT = "matter:object"
    MATTER_OPEN_HEARING = "matter:open_hearing"
    MATTER_READ = "matter:read"
    MATTER_READ_IDENTITY = "matter:read_identity"
    MATTER_RECUSE = "matter:recuse"
    MATTER_REGISTER = "matter:register"
    MATTER_REOPEN = "matter:reopen"
    MATTER_REPLY = "matter:reply"
    MATTER_REPORT = "matter:report"
    MATTER_REPORT_UP = "matter:report_up"
    MATTER_REQUEST_REREVIEW = "matter:request_rereview"
    MATTER_REQUEST_REVIEW = "matter:request_review"
    MATTER_REREVIEW = "matter:rereview"
    MATTER_RESTORE = "matter:restore"
    MATTER_REVIEW = "matter:review"
    MATTER_SERVE = "matter:serve"
    MATTER_SETTLE = "matter:settle"
    MATTER_SUPPLEMENT = "matter:supplement"
    MATTER_TRANSFER = "matter:transfer"
    MATTER_WITHDRAW = "matter:withdraw"
    ORGAN_MANAGE = "organ:manage"
    PAPER_TEMPLATE_MANAGE = "paper_template:manage"
    USER_MANAGE = "user:manage"


P = Permission
_LOOK = {P.MATTER_READ}
_FRONT = _LOOK | {
    P.MATTER_READ_IDENTITY,
    P.MATTER_REGISTER,
    P.MATTER_TRANSFER,
    P.MATTER_ASSIGN,
    P.MATTER_REPORT_UP,
    P.MATTER_OBJECT,
    P.MATTER_ACCEPT,
    P.MATTER_DECLINE,
    P.MATTER_SERVE,
    P.MATTER_REPORT,
    P.MATTER_ATTACH,
    P.MATTER_SUPPLEMENT,
    P.MATTER_REQUEST_REVIEW,
    P.MATTER_REQUEST_REREVIEW,
    P.MATTER_WITHDRAW,
    P.MATTER_RESTORE,
    P.MATTER_RECUSE,
    P.MATTER_EXPORT,
}
_HANDLE = _LOOK | {
    P.MATTER_READ_IDENTITY,
    P.MATTER_TRANSFER,
    P.MATTER_ACCEPT,
    P.MATTER_DECLINE,
    P.MATTER_OBJECT,
    P.MATTER_CHANGE_PATH,
    P.MATTER_CONVERT,
    P.MATTER_OPEN_HEARING,
    P.MATTER_CLOSE_HEARING,
    P.MATTER_SETTLE,
    P.MATTER_REPLY,
    P.MATTER_SERVE,
    P.MATTER_REPORT,
    P.MATTER_CLOSE,
    P.MATTER_ATTACH,
    P.MATTER_SUPPLEMENT,
    P.MATTER_RECUSE,
    P.MATTER_EXPORT,
}
_HEAD = {P.MATTER_ANNOTATE, P.MATTER_DECIDE_OBJECTION, P.MATTER_CLOSE, P.MATTER_REOPEN}
_REVIEW = {
    P.MATTER_READ_IDENTITY,
    P.MATTER_REVIEW,
    P.MATTER_REREVIEW,
    P.MATTER_OPEN_HEARING,
    P.MATTER_CLOSE_HEARING,
    P.MATTER_SERVE,
    P.MATTER_ATTACH,
    P.MATTER_RECUSE,
}

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.CLERK: frozenset(_FRONT | {P.MATTER_DECIDE_OBJECTION}),
    Role.BUREAU_HEAD: frozenset(_FRONT | _HEAD | {P.MATTER_ERASE}),
    Role.HANDLER: frozenset(_HANDLE),
    Role.ORGAN_HEAD: frozenset(_HANDLE | _HEAD | {P.MATTER_EXTEND, P.MATTER_ASSIGN}),
    Role.LEADER: frozenset(_LOOK | {P.MATTER_ANNOTATE}),
    Role.INSPECTOR: frozenset(_LOOK | {P.MATTER_EXPORT, P.ACCESS_LOG_READ}),
    Role.REVIEWER: frozenset(_LOOK | _REVIEW),
    Role.ARCHIVIST: frozenset(_LOOK),
    Role.ADMINISTRATOR: frozenset(
        {P.ADMIN_SESSION_OPEN, P.ORGAN_MANAGE, P.PAPER_TEMPLATE_MANAGE, P.USER_MANAGE, P.ACCESS_LOG_READ}
    ),
    Role.PARTNER: frozenset({P.MATTER_REGISTER}),
}
CITIZEN_PERMISSIONS = frozenset(
    {
        P.MATTER_READ,
        P.MATTER_REGISTER,
        P.MATTER_REQUEST_REREVIEW,
        P.MATTER_REQUEST_REVIEW,
        P.MATTER_RESTORE,
        P.MATTER_SUPPLEMENT,
        P.MATTER_WITHDRAW,
    }
)
