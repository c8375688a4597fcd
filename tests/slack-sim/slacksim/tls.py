# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A throw-away authority, and the good and bad certificates it signs."""

import datetime
import ipaddress
import ssl
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

KINDS = ("good", "expired", "not-yet-valid", "wrong-host", "unknown-authority")

DAY = datetime.timedelta(days=1)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                             serialization.NoEncryption()).decode()


class Authority:
    def __init__(self, key_pem: str | None = None, certificate_pem: str | None = None) -> None:
        """A new authority, or the one with that key and certificate."""
        if key_pem and certificate_pem:
            self._key = serialization.load_pem_private_key(key_pem.encode(), None)
            self._certificate = x509.load_pem_x509_certificate(certificate_pem.encode())
            return
        self._key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.datetime.utcnow()
        self._certificate = (
            x509.CertificateBuilder().subject_name(_name("slack-sim throw-away authority"))
            .issuer_name(_name("slack-sim throw-away authority")).public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - DAY).not_valid_after(now + 365 * DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()),
                           critical=False)
            .add_extension(x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, crl_sign=True, key_encipherment=False,
                content_commitment=False, data_encipherment=False, key_agreement=False,
                encipher_only=False, decipher_only=False), critical=True)
            .sign(self._key, hashes.SHA256()))

    @property
    def pem(self) -> str:
        return self._certificate.public_bytes(serialization.Encoding.PEM).decode()

    def dump(self) -> dict:
        return {"key_pem": _pem(self._key), "certificate_pem": self.pem}

    def issue(self, kind: str) -> tuple[str, str]:
        """(certificate, key) in PEM for this machine's loopback, with the fault of that kind."""
        if kind not in KINDS:
            raise ValueError(f"unknown certificate {kind!r}; known: {', '.join(KINDS)}")
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.datetime.utcnow()
        start, end = {"expired": (now - 30 * DAY, now - DAY),
                      "not-yet-valid": (now + DAY, now + 30 * DAY)}.get(kind,
                                                                      (now - DAY, now + 90 * DAY))
        names: list[x509.GeneralName] = [x509.DNSName("wrong.invalid")]
        if kind != "wrong-host":
            names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
                     x509.IPAddress(ipaddress.ip_address("::1"))]
        signer, issuer = self._key, self._certificate.subject
        if kind == "unknown-authority":
            signer = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            x509.CertificateBuilder().subject_name(_name("slack-sim")).issuer_name(issuer)
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(start).not_valid_after(end)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(
                signer.public_key()), critical=False)
            .sign(signer, hashes.SHA256()))
        return certificate.public_bytes(serialization.Encoding.PEM).decode(), _pem(key)


class Context:
    """The server's TLS context; what it presents can be changed while it serves."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self.ssl = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ssl.set_alpn_protocols(["http/1.1"])
        # A resumed session would not look at the certificate again.
        self.ssl.options |= ssl.OP_NO_TICKET
        self.ssl.num_tickets = 0
        self.present("good")

    def present(self, kind: str) -> None:
        """From the next handshake on; connections that are open stay."""
        certificate, key = self._authority.issue(kind)
        with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
            Path(file.name).chmod(0o600)
            file.write(certificate + key)
            file.flush()
            self.ssl.load_cert_chain(file.name)
