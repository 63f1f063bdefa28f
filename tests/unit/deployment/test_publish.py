"""What is handed in to an explorer."""

from phemexia.deployment.bundle import Verification, publish


class Explorer:
    """Keeps what it is given."""

    def verify_source_code(self, standard_json_output, compiler_version, **more):
        self.given = (standard_json_output, compiler_version, more)
        return "ticket"

    def check_verify_status(self, guid):
        return f"{guid}: pass"


def test_publish_gives_the_arguments_that_the_factory_passed_on():
    settings = {"optimizer": {"enabled": True, "runs": 1000}, "evmVersion": "cancun"}
    one = Verification("Treasury", "0x01", None, "contracts/T.sol", {"settings": settings}, "00ff")
    explorer = Explorer()
    assert publish(explorer, one, "v0.8.37") == "ticket"
    input_, compiler, more = explorer.given
    assert (input_, compiler) == ({"settings": settings}, "v0.8.37")
    assert more["constructor_arguments"] == "00ff"
    assert more["contract_name"] == "contracts/T.sol:Treasury"
    assert more["optimization_runs"] == 1000
