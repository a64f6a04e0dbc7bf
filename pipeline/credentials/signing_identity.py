"""The key and the certificates with which one installation signs, made by itself.

Import it after `load_library`, which says in a sentence where packages are missing.
"""

import logging
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from pipeline.errors import CredentialsError
from pipeline.private_file import write_private

log = logging.getLogger(__name__)

# Validators take the signature of a signer without an organisation for a broken one.
ORGANISATION = "ChatAnyone"
# The same for all, so that they do not tell when an installation was made. Without a time stamp
# from elsewhere a signature counts no longer than its certificate: there is no end (RFC 5280).
VALID_FROM = datetime(2020, 1, 1, tzinfo=UTC)
VALID_UNTIL = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
PEM = re.compile(rb"-----BEGIN ([A-Z ]+)-----.+?-----END \1-----\n?", re.DOTALL)
KEY_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
    "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SigningIdentity:
    """key_pem: P-256, PKCS #8; certificate_pem: of that key; authority_pem: who issued it"""

    key_pem: bytes = field(repr=False)
    certificate_pem: bytes
    authority_pem: bytes

    @property
    def chain_pem(self) -> bytes:
        """As C2PA wants it: the signer's certificate first."""
        return self.certificate_pem + self.authority_pem


def own_identity(path: Path) -> SigningIdentity:
    """The identity kept in this file; one is made where there is none.

    Raises CredentialsError where the file cannot be read or written.
    """
    identity = find_identity(path)
    if identity is not None:
        return identity
    identity = new_identity()
    try:
        write_private(path, identity.key_pem + identity.chain_pem)
    except OSError as error:
        raise CredentialsError(
            "The signing key {path} cannot be written ({reason}).",
            path=path,
            reason=error.strerror or error,
        ) from error
    log.info("made a signing identity")
    return identity


def find_identity(path: Path) -> SigningIdentity | None:
    """The identity kept in this file; None where there is none or it is damaged.

    Raises CredentialsError where the file cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CredentialsError(
            "The signing key {path} cannot be read ({reason}).",
            path=path,
            reason=error.strerror or error,
        ) from error
    blocks = [match[0] for match in PEM.finditer(content)]
    if len(blocks) == 3 and _belong_together(*blocks):
        return SigningIdentity(*blocks)
    log.info("the signing identity is damaged")
    return None


def new_identity() -> SigningIdentity:
    """A key, its certificate, and that of an authority which issues nothing else.

    C2PA refuses signers that vouch for themselves (specification 2.2, 14.5), hence the authority;
    its key is forgotten here. The names are the same in every installation.
    """
    key, authority_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    name, authority_name = _name("One installation"), _name("Authority of one installation")
    authority = _certificate(
        authority_name,
        authority_key.public_key(),
        x509.BasicConstraints(ca=True, path_length=0),
        _usage("key_cert_sign"),
    )
    certificate = _certificate(
        name,
        key.public_key(),
        x509.BasicConstraints(ca=False, path_length=None),
        _usage("digital_signature"),
    )
    # Of the purposes that C2PA knows, the one which validators of every version accept.
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    certificate = certificate.add_extension(purpose, False).add_extension(issuer, False)
    signed = [
        unsigned.issuer_name(authority_name).sign(authority_key, SHA256())
        for unsigned in (certificate, authority)
    ]
    return SigningIdentity(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        *(one.public_bytes(Encoding.PEM) for one in signed),
    )


def _certificate(
    name: x509.Name,
    public_key: ec.EllipticCurvePublicKey,
    constraints: x509.BasicConstraints,
    usage: x509.KeyUsage,
) -> x509.CertificateBuilder:
    """What both certificates have; the issuer is missing."""
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_UNTIL)
        .add_extension(constraints, critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(wanted: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{usage: usage == wanted for usage in KEY_USAGES})


def _belong_together(key_pem: bytes, certificate_pem: bytes, authority_pem: bytes) -> bool:
    try:
        key = load_pem_private_key(key_pem, None)
        certificate = x509.load_pem_x509_certificate(certificate_pem)
        certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(authority_pem))
        return key.public_key() == certificate.public_key()
    except (ValueError, TypeError, InvalidSignature):
        return False
