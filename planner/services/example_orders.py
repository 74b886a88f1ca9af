"""What is bought in the example: what, where, for how much, on which day of which of its months."""

from __future__ import annotations

from planner.domain.purchase_category import PurchaseCategory
from planner.phrases import N_

Order = tuple[int, str, str, str, tuple[int, ...]]

# Day of the month, shop, what was bought, amount, and in which of the months (empty: in every one).
JD_ORDERS: tuple[Order, ...] = (
    (3, N_("Supermarket delivery"), N_("Groceries"), "186.40", ()),
    (8, N_("Online pharmacy"), N_("Vitamins and plasters"), "79.90", (0, 3, 6)),
    (12, N_("Home goods shop"), N_("Desk lamp"), "159.00", (1,)),
    (14, N_("Home goods shop"), N_("Bed linen"), "268.00", (4,)),
    (18, N_("Supermarket delivery"), N_("Rice, oil, fruit"), "243.70", ()),
    (21, N_("Bookshop"), N_("Two novels"), "86.50", (2, 5)),
    (26, N_("Supermarket delivery"), N_("Groceries"), "121.30", (0, 2, 3, 5)),
)
HUABEI_ORDERS: tuple[Order, ...] = (
    (2, N_("Metro and buses"), N_("Travel card"), "100.00", ()),
    (6, N_("Noodle restaurant"), N_("Dinner for two"), "68.00", (0, 1, 3, 4, 6)),
    (9, N_("Clothes shop"), N_("Jacket"), "329.00", (3,)),
    (16, N_("Cinema"), N_("Two tickets"), "89.80", (1, 4, 6)),
    (20, N_("Telephone company"), N_("Telephone bill"), "99.00", ()),
    (24, N_("Fruit shop"), N_("Fruit"), "45.60", (0, 2, 5)),
    (27, N_("Noodle restaurant"), N_("Lunch with colleagues"), "154.60", (0, 2, 4, 5)),
)
CARD_ORDERS: tuple[Order, ...] = (
    (4, N_("Department store"), N_("Shoes"), "459.00", (1,)),
    (5, N_("Department store"), N_("Present for a wedding"), "600.00", (4,)),
    (10, N_("Petrol station"), N_("Petrol"), "310.00", ()),
    (14, N_("Railway tickets"), N_("Return ticket to the family"), "632.00", (0, 2, 4)),
    (17, N_("Supermarket"), N_("Groceries"), "275.20", ()),
    (22, N_("Dentist"), N_("Check-up and filling"), "780.00", (1,)),
    (25, N_("Insurance"), N_("Car insurance"), "1180.00", (3,)),
)

# The kind of some of what was bought; the rest has none, as most people leave it.
CATEGORIES = {
    "Desk lamp": PurchaseCategory.HOUSEHOLD.value,
    "Bed linen": PurchaseCategory.HOUSEHOLD.value,
    "Jacket": PurchaseCategory.CLOTHES.value,
    "Shoes": PurchaseCategory.CLOTHES.value,
    "Travel card": PurchaseCategory.TRANSPORT.value,
    "Petrol": PurchaseCategory.TRANSPORT.value,
    "Return ticket to the family": PurchaseCategory.TRAVEL.value,
    "Present for a wedding": PurchaseCategory.WEDDING.value,
    "Check-up and filling": PurchaseCategory.HEALTH.value,
    "Headphones": PurchaseCategory.ELECTRONICS.value,
}
