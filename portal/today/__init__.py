"""今日工作: what is due, came back, was asked for or waits for a decision, on the home page and its own pages."""
