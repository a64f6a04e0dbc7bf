import os
import stat

import pytest
from cryptography import x509

from pipeline.credentials.signing_identity import find_identity, new_identity, own_identity
from pipeline.errors import CredentialsError

pytest.importorskip("c2pa")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings" / "identity.pem"


def test_it_is_made_once_and_kept(path):
    assert find_identity(path) is None
    made = own_identity(path)
    assert own_identity(path) == find_identity(path) == made
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folder private as a whole")
def test_only_the_user_can_read_it(path):
    own_identity(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_installation_has_another_key_and_otherwise_the_same_names_and_dates(identity):
    certificates = [
        x509.load_pem_x509_certificate(one.certificate_pem) for one in (identity, new_identity())
    ]
    ours, other = certificates
    assert ours.public_key() != other.public_key()
    assert ours.serial_number != other.serial_number
    assert (ours.subject, ours.issuer) == (other.subject, other.issuer)
    assert ours.not_valid_before_utc == other.not_valid_before_utc
    assert ours.not_valid_after_utc.year == 9999


def test_the_authority_can_issue_no_further_authorities(identity):
    authority = x509.load_pem_x509_certificate(identity.authority_pem)
    constraints = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (constraints.ca, constraints.path_length) == (True, 0)


def test_the_key_is_in_no_log(identity):
    assert "PRIVATE" not in repr(identity)


def test_a_damaged_one_is_replaced(path, identity):
    own_identity(path)
    content = path.read_bytes()
    for damaged in (b"", content[:500], content[:300] + b"x" + content[301:], b"\xff" * 99):
        path.write_bytes(damaged)
        assert find_identity(path) is None
    path.write_bytes(identity.key_pem + new_identity().chain_pem)
    assert find_identity(path) is None, "the key is that of another certificate"
    own_identity(path)
    assert find_identity(path) is not None


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "taken").touch()
    with pytest.raises(CredentialsError, match="cannot be"):
        own_identity(tmp_path / "taken" / "identity.pem")
