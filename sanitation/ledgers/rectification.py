"""整改单, 警告牌 and 专项整改, as ledgers."""
