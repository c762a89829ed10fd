"""English names of the units whose symbols recount prints, singular, as the suites write them."""

NAMES = {
    "%": "percentage", "pp": "percentage", "bp": "basis point", "points": "point",
    "ns": "nanosecond", "µs": "microsecond", "ms": "millisecond", "s": "second", "min": "minute", "h": "hour",
    "days": "day", "weeks": "week", "months": "month", "years": "year", "decades": "decade", "centuries": "century",
    "Ma": "megayear", "Ga": "gigayear",
    "years old": "year of age", "months old": "month of age", "weeks old": "week of age", "days old": "day of age",
    "am": "attometre", "pm": "picometre", "nm": "nanometre", "µm": "micrometre", "mm": "millimetre", "cm": "centimetre",
    "dm": "decimetre", "m": "metre", "km": "kilometre", "in": "inch", "ft": "foot", "yd": "yard", "mi": "mile",
    "cm²": "square centimetre", "m²": "square metre", "km²": "square kilometre", "sq ft": "square foot",
    "sq mi": "square mile", "sq in": "square inch", "ha": "hectare", "acres": "acre", "b": "barn", "fb⁻¹": "inverse femtobarn",
    "ml": "millilitre", "cl": "centilitre", "l": "litre", "cm³": "cubic centimetre", "m³": "cubic metre",
    "km³": "cubic kilometre", "cu ft": "cubic foot", "gal": "gallon", "pints": "pint", "qt": "quart", "barrels": "barrel",
    "cups": "cup", "tbsp": "tablespoon", "tsp": "teaspoon", "drams": "dram",
    "µg": "microgram", "mg": "milligram", "g": "gram", "kg": "kilogram", "t": "metric ton", "tons": "ton",
    "lb": "pound-mass", "oz": "ounce",
    "bytes": "byte", "kB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte", "EB": "exabyte",
    "KiB": "kibibyte", "bits": "bit", "kbit": "kilobit", "Mbit": "megabit",
    "°C": "celsius", "°F": "fahrenheit", "K": "kelvin", "°": "degree", "′": "minute of arc", "″": "second of arc",
    "rad": "radian", "turns": "turn",
    "W": "watt", "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "hp": "horsepower", "bhp": "brake horsepower",
    "Wh": "watt hour", "kWh": "kilowatt hour", "MWh": "megawatt hour", "GWh": "gigawatt hour",
    "J": "joule", "eV": "electronvolt", "TeV": "teraelectronvolt", "Btu": "british thermal unit",
    "MMBtu": "mega british thermal unit", "V": "volt", "A": "ampere", "mAh": "milliampere-hour", "F": "farad",
    "Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz", "rpm": "revolutions per minute",
    "N": "newton", "N⋅m": "newton metre", "lb⋅ft": "pound-foot", "ft⋅lbf": "foot pound-force", "GPa": "gigapascal",
    "Gy": "gray", "mGy": "milligray", "mph": "mile per hour", "km/h": "kilometre per hour", "mpg": "mile per gallon",
    "dB": "decibel", "ppm": "parts-per-million", "ppb": "parts-per-billion", "Js": "joule second", "s⁻¹": "inverse second",
    "cd⋅s": "candela second", "tpd": "ton per day",
    "$": "dollar", "US$": "dollar", "¢": "cent", "cents": "cent", "c": "cent", "A$": "australian dollar",
    "C$": "canadian dollar", "NZ$": "new zealand dollar", "HK$": "hong kong dollar", "€": "euro", "£": "pound sterling",
    "p": "penny", "pennies": "penny", "dimes": "dime", "¥": "japanese yen", "CNY": "chinese yuan", "yuan": "chinese yuan",
    "CHF": "swiss franc", "francs": "franc", "rupees": "rupee", "₹": "indian rupee", "₺": "turkish lira",
    "MXN": "mexican peso", "markka": "finnish markka", "RM": "malaysian ringgit", "sen": "sen", "₪": "shekel",
    "shekels": "shekel", "DKK": "danish krone", "SEK": "swedish krona", "NOK": "norwegian krone", "₿": "bitcoin",
    "satoshi": "satoshi", "pesetas": "peseta", "guilders": "netherlands guilder", "marks": "mark",
    "₡": "costa rican colón", "₾": "georgian lari", "₭": "lao kip", "Rs LKR": "sri lankan rupee", "kuna": "croatian kuna",
}


def name(symbol):
    """`$/barrels` → `dollar per barrel`; a part that is no unit stays as it is."""
    return " per ".join(NAMES.get(part, part) for part in symbol.split("/")) if symbol else ""
