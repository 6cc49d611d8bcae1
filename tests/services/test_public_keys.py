"""Public keys: which are taken, whose they are, and that a revoked one is gone for good."""

import asyncssh
import pytest

from certify.domain.person import PersonStatus
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services.access import public_keys
from certify.storage import people
from tests.platforms import actor


def made(algorithm: str = "ssh-ed25519", **more: int) -> str:
    key = asyncssh.generate_private_key(algorithm, comment="her laptop", **more)
    return key.export_public_key().decode()


@pytest.mark.parametrize(
    ("algorithm", "more"),
    [
        ("ssh-ed25519", {}),
        ("ecdsa-sha2-nistp256", {}),
        ("ecdsa-sha2-nistp521", {}),
        ("ssh-rsa", {"key_size": 2048}),
    ],
)
def test_a_good_key_is_taken_and_lets_its_owner_in(
    sqlite_platform: Platform, algorithm: str, more: dict[str, int]
) -> None:
    her = actor(sqlite_platform, "E1001")
    added = public_keys.add(sqlite_platform, actor=her, line=made(algorithm, **more))
    assert (added.kind, added.label) == (algorithm, "her laptop")
    found = public_keys.holder(sqlite_platform, staff_no="E1001", fingerprint=added.fingerprint)
    assert found is not None
    assert found.actor == her
    assert not public_keys.holder(sqlite_platform, staff_no="E1002", fingerprint=added.fingerprint)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-dss AAAAB3NzaC1kc3MAAACBAK her",
        'command="sh" ' + made(),
        made() + made(),
        made().replace("ssh-ed25519", "ssh-rsa", 1),
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn\n-----END OPENSSH PRIVATE KEY-----",
        made("ssh-rsa", key_size=1024),
        made("ssh-ed448"),
        "ssh-ed25519 " + "A" * 20_000,
    ],
    ids="empty half damaged dsa options two other private weak unknown long".split(),  # noqa: SIM905
)
def test_what_is_no_good_key_is_refused(sqlite_platform: Platform, line: str) -> None:
    her = actor(sqlite_platform, "E1001")
    with pytest.raises(BadInput) as refused:
        public_keys.add(sqlite_platform, actor=her, line=line)
    assert refused.value.mend
    assert not public_keys.keys(sqlite_platform, actor=her)


def test_a_key_is_one_persons_for_good(platform: Platform) -> None:
    her, him = actor(platform, "E1001"), actor(platform, "E1002")
    line = made()
    added = public_keys.add(platform, actor=her, line=line)
    for who in (her, him):
        with pytest.raises(Refused):
            public_keys.add(platform, actor=who, line=line)
    public_keys.revoke(platform, actor=her, fingerprint=added.fingerprint[:20])
    assert not public_keys.holder(platform, staff_no="E1001", fingerprint=added.fingerprint)
    for who in (her, him):
        with pytest.raises(Refused):
            public_keys.add(platform, actor=who, line=line)
    (kept,) = public_keys.keys(platform, actor=her)
    assert kept.revoked_at is not None
    with pytest.raises(NotFound):
        public_keys.revoke(platform, actor=her, fingerprint=added.fingerprint)


def test_others_keys_are_for_hr_and_an_administrators_for_administrators(
    sqlite_platform: Platform,
) -> None:
    him, hr = actor(sqlite_platform, "E1002"), actor(sqlite_platform, "H0001")
    with pytest.raises(NotPermitted):
        public_keys.add(sqlite_platform, actor=him, line=made(), staff_no="E1001")
    with pytest.raises(NotPermitted):
        public_keys.keys(sqlite_platform, actor=him, staff_no="E1001")
    with pytest.raises(NotPermitted):
        public_keys.add(sqlite_platform, actor=hr, line=made(), staff_no="0001")
    public_keys.add(sqlite_platform, actor=hr, line=made(), staff_no="E1001")
    assert len(public_keys.keys(sqlite_platform, actor=hr, staff_no="E1001")) == 1


def test_who_has_left_does_not_come_in_by_key(sqlite_platform: Platform) -> None:
    added = public_keys.add(sqlite_platform, actor=actor(sqlite_platform, "E1001"), line=made())
    with sqlite_platform.database.write() as session:
        person = people.by_staff_no(session, "E1001")
        assert person is not None
        person.status = PersonStatus.LEFT
        session.add(person)
    assert not public_keys.holder(sqlite_platform, staff_no="E1001", fingerprint=added.fingerprint)


def test_nobody_has_more_keys_than_can_be_looked_after(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_keys, "MOST_KEYS", 2)
    her = actor(sqlite_platform, "E1001")
    first = public_keys.add(sqlite_platform, actor=her, line=made())
    public_keys.add(sqlite_platform, actor=her, line=made())
    with pytest.raises(Refused):
        public_keys.add(sqlite_platform, actor=her, line=made())
    public_keys.revoke(sqlite_platform, actor=her, fingerprint=first.fingerprint)
    public_keys.add(sqlite_platform, actor=her, line=made())
