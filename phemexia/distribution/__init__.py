"""From what was computed to what is paid: publishing a season, granting, claiming.

:mod:`publishing` writes xPT and shovels to passes and announces a campaign's root; :mod:`minted` tells which
account has had its pass since when; :mod:`proofs` finds what a pass may claim, :mod:`claims` and :mod:`orders`
claim it; :mod:`grants` reads, checks and sends the grants of a vesting contract, :mod:`vesting` shows and claims
them. Amounts unlock by :mod:`schedule`. Nothing here keeps a record of its own: what was done is asked of the
chain, so that a run that died goes on where it stopped.
"""
