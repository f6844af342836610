"""The contract for outside clients, held against a relay as a black box.

Nothing here imports the programs: a relay of another make can be put in the place of ours. Its
command line is what `CONTRACT_RELAY` says, for instance `CONTRACT_RELAY=other-relay`.
"""
