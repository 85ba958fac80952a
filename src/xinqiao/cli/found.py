"""``xinqiao found``: a real office on an empty database; its first administrator adds everybody else at the desk."""

import argparse
import re
from collections.abc import Sequence

from xinqiao.cli import home
from xinqiao.procedure import pack_ids

LEVELS = ("state", "province", "city", "county", "township")
CODE = re.compile(r"[A-Z0-9]{1,12}").fullmatch
USERNAME = re.compile(r"[a-z0-9._-]{2,60}").fullmatch


def run(argv: Sequence[str]) -> int:
    """Found the office; 2 where there is one already."""
    return home.guarded("found", _run, argv)


def _run(argv: Sequence[str]) -> int:
    options = _options(argv)
    with home.django():
        from xinqiao.cli.migrate import refuse_if_pending

        refuse_if_pending()
        password = _found(options)
    print(f"{options.place} and {options.bureau} are founded. Sign in at /sign-in and add organs, posts and people.")
    print(f"{options.admin}  password {password}  (shown this once, good for one sign-in)")
    return home.DONE


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = home.Parser(prog="xinqiao found", description="Found an office on an empty database.")
    parser.add_argument("--code", required=True, help="of the place, such as HC; numbers begin with it")
    parser.add_argument("--place", required=True, metavar="NAME", help="the place, such as 禾川县")
    parser.add_argument("--bureau-code", required=True, metavar="CODE", help="of its petition office, such as HCXF")
    parser.add_argument("--bureau", required=True, metavar="NAME", help="its petition office, such as 禾川县信访局")
    parser.add_argument("--admin-name", required=True, metavar="NAME", help="the first administrator")
    parser.add_argument("--admin", default="admin", metavar="USERNAME", help="the account of that person (admin)")
    parser.add_argument("--level", choices=LEVELS, default="county", help="(county)")
    parser.add_argument("--pack", choices=pack_ids(), default="CN-2022", help="the edition of the rules (CN-2022)")
    options = parser.parse_args(argv)
    for name in ("code", "bureau_code"):
        if not CODE(getattr(options, name)):
            raise home.WrongInput(f"--{name.replace('_', '-')}: up to twelve capital letters and figures")
    if not USERNAME(options.admin):
        raise home.WrongInput("--admin: small letters, figures, dots and dashes, at least two")
    return options


def _found(options: argparse.Namespace) -> str:
    from xinqiao.access.clock import today
    from xinqiao.accounts.passwords import replace_password
    from xinqiao.organs.founding import AlreadyFounded, Founding, found_first

    office = Founding(
        code=options.code,
        place=options.place,
        bureau_code=options.bureau_code,
        bureau=options.bureau,
        level=options.level,
        pack=options.pack,
    )
    try:
        user = found_first(office, username=options.admin, name=options.admin_name, on=today())
    except AlreadyFounded as error:
        raise home.WrongInput(f"there is an office already: {error}") from None
    return replace_password(user)
