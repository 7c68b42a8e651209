from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from workbench.core.tls.identity import belongs_together
from workbench.lab.identities import Material, is_from_a_lab, make_material

NAMES = {"alice", "bob", "expired", "not-yet-valid", "wrong-ca", "wrong-usage", "missing-intermediate"}
SERVERS = {"mutual", "optional", "one-way", "tls12", "expired", "wrong-name", "untrusted", "incomplete"}


@pytest.fixture(scope="module")
def material() -> Material:
    return make_material()


def test_everybody_is_there(material: Material) -> None:
    assert set(material.identities) == NAMES
    assert set(material.servers) == SERVERS
    assert material.bundle.name == "lab"
    assert material.bundle.certificates == (material.authority,)
    assert material.authority.common_name == "mTLS Workbench Lab CA"


@pytest.mark.parametrize("name", sorted(NAMES))
def test_keys_belong_to_their_certificates(material: Material, name: str) -> None:
    identity = material.identities[name]
    assert identity.name == identity.certificate.common_name == name
    assert belongs_together(identity.key, identity.certificate)
    assert isinstance(identity.key, ec.EllipticCurvePrivateKey)
    assert is_from_a_lab(identity.certificate)


@pytest.mark.parametrize("name", ["alice", "bob", "expired", "not-yet-valid", "wrong-usage"])
def test_chains_lead_from_the_leaf_over_the_intermediate_to_the_root(material: Material, name: str) -> None:
    leaf, intermediate = material.identities[name].chain
    assert leaf.is_issued_by(intermediate)
    assert intermediate.is_issued_by(material.authority)


def test_each_bad_identity_is_bad_in_its_own_way(material: Material) -> None:
    by_name = {name: identity.certificate for name, identity in material.identities.items()}
    assert {name for name, certificate in by_name.items() if certificate.is_expired()} == {"expired"}
    assert {name for name, certificate in by_name.items() if certificate.is_not_yet_valid()} == {"not-yet-valid"}
    assert {n for n, c in by_name.items() if c.extended_key_usages != ("clientAuth",)} == {"wrong-usage"}
    assert {n for n, i in material.identities.items() if len(i.chain) == 1} == {"missing-intermediate"}
    issuer = material.identities["alice"].chain[1]
    assert {name for name, certificate in by_name.items() if not certificate.is_issued_by(issuer)} == {"wrong-ca"}


def test_good_identities_hold_for_months(material: Material) -> None:
    end = material.identities["alice"].certificate.not_after
    assert end is not None
    assert end > datetime.now(UTC) + timedelta(days=60)


def test_no_two_labs_are_alike(material: Material) -> None:
    assert make_material().authority != material.authority


def test_a_representation_tells_no_key(material: Material) -> None:
    assert "PrivateKey" not in repr(material)
