### What the verifier says: findings, summary, advice. Ids begin with "verify-".
