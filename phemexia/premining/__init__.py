"""Pre-mining: from trading records to xPT, by the rules of docs/premining.md.

    question = Question("records/trades.parquet", Path("records/passes.parquet"), Path("season"), load_premining())
    report = compute(question)

:mod:`records` reads and checks, :mod:`curve` says what volume earns, :mod:`engine` computes a stage,
:mod:`results` keeps a season, :mod:`generate` makes record sets, :mod:`picture` draws the curve. Nothing here
asks a chain.
"""
