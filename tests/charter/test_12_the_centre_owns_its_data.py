"""The centre owns its data: all that is held about someone is handed over, table by table."""

from relier.accounts.actors import SYSTEM
from relier.privacy import actions

from .canaries import plant


def test_12_the_centre_owns_its_data(house):
    planted = plant(house)

    held = str(actions.hand_over([house.awa.pk], by=SYSTEM))

    assert not [w for w in planted.secret + planted.content + planted.names if w not in held]
