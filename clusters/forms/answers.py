"""What the two answers of a word are called: yes, and no with a reason."""

AGREE, SEND_BACK = "agree", "send_back"
LONGEST_NOTE = 500
