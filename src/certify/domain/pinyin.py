"""Finding people by what somebody types: a part of a name or number, or how a name is spelled.

Chinese names are found by pinyin without tones: in full (`zhangsan`), by first letters (`zs`) or
mixed (`zhangs`, `zsan`), from any of their characters on, the last one as far as it was typed. A
character that is read in several ways is found by each of them (`shan` and `dan` for 单).
"""

from collections.abc import Callable
from functools import lru_cache
from unicodedata import normalize

NAMES_KEPT = 2**15
"""For so many names how they are spelled is kept in memory."""
_TWO_LETTERS = ("zh", "ch", "sh")


def finder(wanted: str) -> Callable[..., bool]:
    """A test for what somebody typed: `found(name, *others)`.

    Case and full-width letters make no difference. Only names are also found by pinyin, and only
    when nothing but ASCII with a letter in it was typed.

    >>> finder("zhs")("张三", "0042"), finder("42")("张三", "0042"), finder("ls")("张三", "0042")
    (True, True, False)
    """
    plain = normalize("NFKC", wanted).casefold().strip()
    letters = "".join(one for one in plain if one.isalnum())
    is_spelled = plain.isascii() and any(one.isalpha() for one in letters)

    def found(name: str, *others: str) -> bool:
        if plain in name.casefold() or any(plain in other.casefold() for other in others):
            return True
        return is_spelled and not name.isascii() and spells(letters, name)

    return found


def spells(letters: str, name: str) -> bool:
    """Whether lower-case letters and digits spell a name from one of its characters on."""
    firsts, characters = _sounds(name)
    if letters[:1] not in firsts:
        return False
    reached: set[int] = set()
    """How many letters the characters so far may have used up."""
    for sounds in characters:
        before = (0, *reached)
        reached = set()
        for at in before:
            for sound, parts in sounds:
                if sound.startswith(letters[at:]):
                    return True
                reached.update(at + len(part) for part in parts if letters.startswith(part, at))
    return False


@lru_cache(NAMES_KEPT)
def spelled(name: str) -> tuple[str, ...]:
    """How a name is spelled, to sort by."""
    import pypinyin  # slow to import, and only who sorts needs it

    return tuple(pypinyin.lazy_pinyin(name.casefold()))


_Sounds = tuple[tuple[str, tuple[str, ...]], ...]
"""The ways to read a character, each with the beginnings that may stand for the whole of it."""


@lru_cache(NAMES_KEPT)
def _sounds(name: str) -> tuple[frozenset[str], tuple[_Sounds, ...]]:
    """The first letters of all characters, and how each of them is read; blanks left out."""
    characters = tuple(_readings(one) for one in name.casefold() if one.isalnum())
    return frozenset(sound[0] for sounds in characters for sound, _parts in sounds), characters


@lru_cache(NAMES_KEPT)
def _readings(character: str) -> _Sounds:
    if character.isascii():
        return ((character, (character,)),)
    import pypinyin  # slow to import, and only who searches needs it

    # One character has one list of readings, or none when nobody knows how it is read.
    read = pypinyin.pinyin(
        character, style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False
    )
    spelled = {way for sounds in read for sound in sounds for way in _ways(sound)}
    return tuple((sound, _parts(sound)) for sound in sorted(spelled))


def _ways(sound: str) -> tuple[str, ...]:
    """How people type a sound with ü: `lv`, `lu`, and `lyu` as passports have it."""
    return (sound, sound.replace("v", "u"), sound.replace("v", "yu")) if "v" in sound else (sound,)


def _parts(sound: str) -> tuple[str, ...]:
    return tuple({sound, sound[0], *(one for one in _TWO_LETTERS if sound.startswith(one))})
