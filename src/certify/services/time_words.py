"""What is special about a person's time in an exam, for screens and line mode."""

from certify.i18n import _, _n
from certify.services.own_time import OwnTime


def time_rules(time: OwnTime) -> list[str]:
    """What is special about a person's time: window, occasion, accommodation."""
    found = []
    if time.window:
        found.append(_("You are registered in “{title}”.").format(title=time.window))
    if time.occasion:
        found.append(_("Ad-hoc exam, occasion: {occasion}.").format(occasion=time.occasion))
    if time.ends_with_window:
        found.append(_("The window of this exam ends first, and your exam with it; begin in time."))
    if time.extra_minutes:
        text = _n(
            "{count} minute more than usual is yours; it is included above.",
            "{count} minutes more than usual are yours; they are included above.",
            time.extra_minutes,
        )
        found.append(text.format(count=time.extra_minutes))
    if time.break_minutes:
        text = _n(
            "You may take {count} minute of break: with B. The time stands meanwhile.",
            "You may take {count} minutes of break: with B. The time stands meanwhile.",
            time.break_minutes,
        )
        found.append(text.format(count=time.break_minutes))
    return found
