"""Settings from the environment, read once; a wrong or missing one is named at the start."""

import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

MINIMUM_SECRET = 32


class Settings(BaseSettings):
    """All that an operator sets. The names in the environment are these, in capitals."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_file=None)

    database_url: str = Field(
        "sqlite:///matcher.sqlite",
        description="Where the data is: sqlite:///file, in the folder instance unless the path is "
        "whole, or postgresql+psycopg://user@host/name.",
    )
    base_url: str = Field(
        description="The address people open, such as https://help.example.gov.uk; "
        "links in emails begin with it.",
    )
    secret_key: SecretStr = Field(
        description="Signs sessions and forms. At least 32 characters, kept out of the repository.",
    )
    link_keys: SecretStr = Field(
        description="Sign links in emails: name:secret, several separated by commas; "
        "the first makes new links.",
    )
    smtp_host: str = Field("localhost", description="The mail server.")
    smtp_port: int = Field(25, ge=1, le=65535, description="Its port.")
    smtp_username: str = Field("", description="Empty for a relay that asks for none.")
    smtp_password: SecretStr = Field(SecretStr(""), description="The password for smtp_username.")
    smtp_token_command: str = Field(
        "",
        description="A command that prints an access token for smtp_username; then we sign in by "
        "XOAUTH2 instead of a password.",
    )
    smtp_token_url: str = Field(
        "",
        description="An https address that gives access tokens for client credentials; then we "
        "sign in by XOAUTH2 instead of a password.",
    )
    smtp_client_id: str = Field("", description="Our name at smtp_token_url.")
    smtp_client_secret: SecretStr = Field(
        SecretStr(""), description="Our secret at smtp_token_url."
    )
    smtp_token_scope: str = Field(
        "", description="What the token is for, such as https://outlook.office365.com/.default."
    )
    smtp_tls: Literal["none", "starttls", "tls"] = Field(
        "starttls", description="How the connection is protected: none, starttls or tls."
    )
    smtp_ca_file: Path | None = Field(
        None, description="Certificates to trust beside the system's."
    )
    smtp_timeout_seconds: float = Field(
        20, gt=0, le=120, description="How long the server may be silent."
    )
    dkim_selector: str = Field(
        "",
        pattern=r"^[A-Za-z0-9._-]*$",
        description="The selector by which the mail server signs, for `matcher doctor`.",
    )
    dns_server: str = Field(
        "",
        pattern=r"^([0-9.]+(:[0-9]+)?)?$",
        description="The DNS server that `matcher doctor` asks, such as 9.9.9.9 or 127.0.0.1:5353; "
        "this machine's own where empty.",
    )
    smtp_connections: int = Field(
        8, ge=1, le=32, description="How many emails a worker hands over at a time."
    )
    mail_from: str = Field(description="The address that emails come from.")
    mail_reply_to: str = Field(
        "", description="A monitored address for replies; mail_from where empty."
    )
    mail_bounces_to: str = Field(
        "",
        description="An address that also takes name+anything@…, such as "
        "bounces@help.example.gov.uk: each email gets a return path of its own there; "
        "mail_from where empty.",
    )
    event_feeds: str = Field(
        "",
        description="Calendar files of events that `matcher events fetch` may fetch: https "
        "addresses with spaces between them.",
    )
    security_contact: str = Field(
        "",
        description="Where a security hole is reported: mailto: with an address, or an https "
        "address. It is told in /.well-known/security.txt, which is not there without it.",
    )
    rate_limit_storage: str = Field(
        "memory://", description="Where coarse rate limits are counted: memory:// or redis://host."
    )
    trusted_proxies: int = Field(
        0, ge=0, le=5, description="How many proxies stand in front and set X-Forwarded-For."
    )
    outbox_lease_seconds: int = Field(
        300,
        ge=5,
        le=3600,
        description="How long one worker may hold emails before another takes them over.",
    )
    router_url: str = Field(
        "",
        description="An OSRM server for driving times, such as http://localhost:5000; "
        "estimates where empty.",
    )
    router_timeout_seconds: float = Field(
        2, gt=0, le=30, description="How long the router may take before an estimate is shown."
    )
    openid_issuer: str = Field(
        "",
        description="The OpenID Connect provider by which coordinators may sign in, such as "
        "https://login.microsoftonline.com/TENANT/v2.0; emailed links alone where empty.",
    )
    openid_client_id: str = Field("", description="Our name at the provider.")
    openid_client_secret: SecretStr = Field(SecretStr(""), description="Our secret there.")
    openid_trusts_addresses: bool = Field(
        default=False,
        description="Whether an address counts as proved though the provider does not say "
        "email_verified: only for a provider that is your own organisation's alone.",
    )
    sign_in_links: bool = Field(
        default=True,
        description="Whether coordinators may sign in by emailed links beside openid_issuer.",
    )
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="What `matcher metrics` wants from monitors, as a bearer token; at least 32 "
        "characters.",
    )
    prometheus_multiproc_dir: Path | None = Field(
        None,
        description="A folder, emptied at each start, in which the web processes of this machine "
        "count requests for `matcher metrics`; not counted where empty.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much is logged."
    )

    @field_validator("base_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise ValueError(
                "must be a whole address without a path, such as https://help.example.gov.uk"
            )
        return value.rstrip("/")

    @field_validator("smtp_token_url", "openid_issuer")
    @classmethod
    def _kept_from_others(cls, value: str) -> str:
        parts = urlsplit(value)
        ours = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
        if value and not ours and (parts.scheme != "https" or not parts.hostname):
            raise ValueError("must begin with https://: a secret is sent there")
        return value.rstrip("/")

    @field_validator("router_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("must begin with http:// or https://, such as http://localhost:5000")
        return value.rstrip("/")

    @field_validator("security_contact")
    @classmethod
    def _can_be_reached(cls, value: str) -> str:
        wanted = re.fullmatch(r"mailto:[^\s@]{1,64}@[^\s@]{1,255}|https://[^\s]{1,300}", value)
        if value and not wanted:
            raise ValueError(
                "must begin with mailto: or https://, such as mailto:it@example.gov.uk"
            )
        return value

    @field_validator("mail_bounces_to")
    @classmethod
    def _has_room_for_more(cls, value: str) -> str:
        if value and not re.fullmatch(r"[A-Za-z0-9._-]{1,20}@[A-Za-z0-9.-]{1,190}", value):
            raise ValueError("must be an address with up to 20 letters, such as bounces@help.test")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < MINIMUM_SECRET:
            raise ValueError(f"must have at least {MINIMUM_SECRET} characters")
        return value

    @field_validator("link_keys")
    @classmethod
    def _named_keys(cls, value: SecretStr) -> SecretStr:
        parse_link_keys(value.get_secret_value())
        return value

    @field_validator("event_feeds")
    @classmethod
    def _https_alone(cls, value: str) -> str:
        parts = [urlsplit(each) for each in value.split()]
        if any(each.scheme != "https" or not each.hostname for each in parts):
            raise ValueError("each must be an https address, such as https://example.org/a.ics")
        return value

    @property
    def secure(self) -> bool:
        """Whether people reach the service over HTTPS; then cookies are for HTTPS alone."""
        return self.base_url.startswith("https://")

    @property
    def signs_in_by_token(self) -> bool:
        """Whether the mail server gets a token instead of a password."""
        return bool(self.smtp_token_command or self.smtp_token_url)

    @property
    def host(self) -> str:
        """The host people open, the only one that requests may name."""
        return urlsplit(self.base_url).hostname or ""


def parse_link_keys(text: str) -> dict[str, bytes]:
    """Return the link keys by name, in order. Raises ValueError naming what is wrong."""
    keys: dict[str, bytes] = {}
    for entry in text.split(","):
        name, colon, secret = entry.strip().partition(":")
        if not colon or not name.isalnum() or len(name) > 16:
            raise ValueError("each key is name:secret, the name of up to 16 letters and digits")
        if len(secret) < MINIMUM_SECRET:
            raise ValueError(
                f"the secret of key {name} must have at least {MINIMUM_SECRET} characters"
            )
        keys[name] = secret.encode()
    return keys


class WrongSettings(Exception):  # noqa: N818  names what the operator set, not a fault of ours
    """One line for each setting that is missing or wrong."""


def read_settings() -> Settings:
    """Return the settings from the environment.

    Raises WrongSettings, naming each variable that is missing or wrong and what it is for.
    """
    try:
        return Settings()  # type: ignore[call-arg]  # the environment gives them
    except ValidationError as error:
        raise WrongSettings("\n".join(_complaint(each) for each in error.errors())) from None


def _complaint(error: ErrorDetails) -> str:
    name = str(error["loc"][0])
    about = Settings.model_fields[name].description or ""
    said = error["msg"].removeprefix("Value error, ")
    problem = "is missing" if error["type"] == "missing" else said
    return f"{name.upper()}: {problem}. {about}"
