"""What made-up values are made of. Domains are those that are kept for examples (RFC 2606), so nobody is written to."""

FIRST_NAMES = (
    "Ada", "Aisha", "Alan", "Amara", "Anders", "Björn", "Carmen", "Chen", "Chloé", "Dimitri", "Edith", "Elena",
    "Fatima", "Grace", "Hana", "Hedy", "Ingrid", "Ivan", "Jamal", "José", "Kateryna", "Kenji", "Leila", "Linus",
    "Mei", "Miguel", "Nadia", "Noor", "Olga", "Oscar", "Priya", "Rosa", "Samir", "Sofia", "Tariq", "Uma", "Yusuf",
    "Zoë",
)  # fmt: skip
LAST_NAMES = (
    "Abebe", "Andersson", "Berg", "Castillo", "Costa", "Dubois", "Fischer", "García", "Haddad", "Hopper", "Ivanova",
    "Jensen", "Kim", "Kowalski", "Lovelace", "Marković", "Meyer", "Nakamura", "Nguyen", "Novák", "O'Brien", "Okafor",
    "Patel", "Rossi", "Santos", "Schmidt", "Singh", "Tanaka", "Turing", "Wang", "Yılmaz", "Zhang",
)  # fmt: skip
PLAIN_NAMES = (
    "ada", "alan", "amara", "carmen", "chen", "edith", "elena", "grace", "hana", "hedy", "ingrid", "kenji", "leila",
    "linus", "mei", "nadia", "olga", "oscar", "priya", "rosa", "samir", "sofia", "tariq", "uma", "yusuf",
)  # fmt: skip
CITIES = (
    "Accra", "Bergen", "Bogotá", "Brno", "Cairo", "Casablanca", "Dakar", "Fukuoka", "Ghent", "Graz", "Hanoi",
    "Helsinki", "Izmir", "Kraków", "Lagos", "Lima", "Lyon", "Montréal", "Mumbai", "Nairobi", "Osaka", "Porto",
    "Quito", "Riga", "Seoul", "Sydney", "Tartu", "Toronto", "Tunis", "Utrecht", "Valencia", "Wellington", "Zürich",
)  # fmt: skip
COUNTRIES = (
    ("AU", "Australia"), ("BR", "Brazil"), ("CA", "Canada"), ("CH", "Switzerland"), ("CL", "Chile"),
    ("DE", "Germany"), ("EG", "Egypt"), ("ES", "Spain"), ("FI", "Finland"), ("FR", "France"), ("GH", "Ghana"),
    ("IN", "India"), ("IT", "Italy"), ("JP", "Japan"), ("KE", "Kenya"), ("KR", "South Korea"), ("MA", "Morocco"),
    ("MX", "Mexico"), ("NG", "Nigeria"), ("NL", "Netherlands"), ("NO", "Norway"), ("NZ", "New Zealand"),
    ("PE", "Peru"), ("PL", "Poland"), ("PT", "Portugal"), ("SE", "Sweden"), ("SN", "Senegal"), ("TR", "Türkiye"),
    ("UA", "Ukraine"), ("UY", "Uruguay"), ("VN", "Vietnam"), ("ZA", "South Africa"),
)  # fmt: skip
STREETS = (
    "Station Road", "Mill Lane", "Harbour Street", "Church Street", "Market Square", "Garden Avenue", "Bridge Street",
    "Castle Hill", "River Walk", "Orchard Way",
)  # fmt: skip
COLORS = (
    "amber", "azure", "black", "blue", "brown", "coral", "crimson", "cyan", "gold", "green", "grey", "indigo",
    "ivory", "lime", "magenta", "olive", "orange", "pink", "purple", "red", "silver", "teal", "violet", "white",
    "yellow",
)  # fmt: skip
WORDS = (
    "anchor", "basket", "bridge", "candle", "canyon", "castle", "cloud", "comet", "copper", "cotton", "desert",
    "engine", "feather", "forest", "garden", "glacier", "harbor", "island", "jacket", "kettle", "lantern", "library",
    "market", "meadow", "mirror", "mountain", "needle", "ocean", "orchard", "paper", "pebble", "pepper", "planet",
    "pocket", "rabbit", "ribbon", "river", "rocket", "saddle", "silver", "spring", "station", "summer", "teapot",
    "thunder", "ticket", "timber", "tunnel", "valley", "velvet", "violin", "window", "winter", "yellow",
)  # fmt: skip
ADJECTIVES = (
    "brave", "bright", "calm", "clever", "eager", "early", "gentle", "happy", "late", "light", "mild", "proud",
    "quick", "quiet", "rapid", "sharp", "silent", "smooth", "solid", "steady", "strong", "swift", "warm", "wise",
)  # fmt: skip
VERBS = (
    "bring", "build", "carry", "check", "close", "count", "find", "follow", "gather", "hold", "keep", "learn",
    "measure", "move", "open", "paint", "read", "send", "sort", "start", "store", "trace", "turn", "write",
)  # fmt: skip
LOREM = (
    "lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit", "sed", "do", "eiusmod", "tempor",
    "incididunt", "ut", "labore", "et", "dolore", "magna", "aliqua", "enim", "minim", "veniam", "quis", "nostrud",
)  # fmt: skip
PRODUCTS = ("bicycle", "blanket", "bottle", "chair", "clock", "desk", "keyboard", "lamp", "notebook", "scarf", "shoes")
MATERIALS = ("bamboo", "ceramic", "cotton", "glass", "granite", "leather", "linen", "steel", "wooden", "wool")
DEPARTMENTS = ("Accounting", "Engineering", "Human Resources", "Legal", "Marketing", "Operations", "Research", "Sales")
JOBS = ("Accountant", "Architect", "Baker", "Carpenter", "Editor", "Engineer", "Librarian", "Nurse", "Pilot", "Teacher")
COMPANY_FORMS = ("AB", "AG", "GmbH", "Inc", "LLC", "Ltd", "Oy", "SA")
CURRENCIES = (
    ("AUD", "Australian dollar", "$"), ("BRL", "Brazilian real", "R$"), ("CHF", "Swiss franc", "Fr"),
    ("CNY", "Renminbi", "¥"), ("EUR", "Euro", "€"), ("GBP", "Pound sterling", "£"), ("INR", "Indian rupee", "₹"),
    ("JPY", "Yen", "¥"), ("SEK", "Swedish krona", "kr"), ("USD", "US dollar", "$"),
)  # fmt: skip
DOMAINS = ("example.com", "example.net", "example.org")
FILE_TYPES = (
    ("csv", "text/csv"), ("gif", "image/gif"), ("html", "text/html"), ("jpg", "image/jpeg"),
    ("json", "application/json"), ("mp3", "audio/mpeg"), ("mp4", "video/mp4"), ("pdf", "application/pdf"),
    ("png", "image/png"), ("txt", "text/plain"), ("xml", "application/xml"), ("zip", "application/zip"),
)  # fmt: skip
LOCALES = ("ar", "de", "en", "es", "fi", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt", "sv", "tr", "uk", "zh")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
