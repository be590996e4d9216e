using System.ComponentModel.DataAnnotations;

namespace Shop;

sealed class Customer
{
    public int Id { get; set; }
    [MaxLength(80)] public string Name { get; set; } = "";
    [EmailAddress, MaxLength(120)] public string Email { get; set; } = "";
    public Address Home { get; set; } = new();
    public Preferences Preferences { get; set; } = new();
    public DateTime RegisteredAt { get; set; }
    public List<Order> Orders { get; } = [];
    public List<Product> Wishes { get; } = [];
}

sealed class Address
{
    [MaxLength(80)] public string Street { get; set; } = "";
    [MaxLength(12)] public string PostalCode { get; set; } = "";
    [MaxLength(60)] public string City { get; set; } = "";
}

/// <summary>Kept as JSON.</summary>
sealed class Preferences
{
    public bool Newsletter { get; set; }
    [MaxLength(10)] public string Language { get; set; } = "";
    public List<Channel> Channels { get; set; } = [];
}

sealed class Channel
{
    [MaxLength(20)] public string Kind { get; set; } = "";
    public bool IsPreferred { get; set; }
}

sealed class Category
{
    public int Id { get; set; }
    [MaxLength(60)] public string Name { get; set; } = "";
    public int? ParentId { get; set; }
    public Category? Parent { get; set; }
}

sealed class Brand
{
    public int Id { get; set; }
    [MaxLength(60)] public string Name { get; set; } = "";
}

sealed class Product
{
    public int Id { get; set; }
    [MaxLength(20)] public string Sku { get; set; } = "";
    [MaxLength(80)] public string Name { get; set; } = "";
    public Category Category { get; set; } = null!;
    public Brand? Brand { get; set; }
    public decimal Price { get; set; }
    public List<Tag> Tags { get; } = [];
}

sealed class Tag
{
    public int Id { get; set; }
    [MaxLength(30)] public string Name { get; set; } = "";
}

sealed class ProductImage
{
    public int Id { get; set; }
    public Product Product { get; set; } = null!;
    [Url, MaxLength(200)] public string Url { get; set; } = "";
}

sealed class Review
{
    public int Id { get; set; }
    public Product Product { get; set; } = null!;
    public Customer Customer { get; set; } = null!;
    [Range(1, 5)] public int Stars { get; set; }
    [MaxLength(400)] public string? Text { get; set; }
}

sealed class Supplier
{
    public int Id { get; set; }
    [MaxLength(80)] public string Name { get; set; } = "";
    public Address Office { get; set; } = new();
}

/// <summary>A many-to-many relationship that says something itself.</summary>
sealed class SupplierOffer
{
    public int SupplierId { get; set; }
    public int ProductId { get; set; }
    public Supplier Supplier { get; set; } = null!;
    public Product Product { get; set; } = null!;
    public decimal Cost { get; set; }
    [Range(1, 60)] public int LeadDays { get; set; }
}

sealed class Warehouse
{
    public int Id { get; set; }
    [MaxLength(40)] public string Name { get; set; } = "";
    public Address Site { get; set; } = new();
}

sealed class StockLevel
{
    public int WarehouseId { get; set; }
    public int ProductId { get; set; }
    public Warehouse Warehouse { get; set; } = null!;
    public Product Product { get; set; } = null!;
    public int Quantity { get; set; }
}

enum OrderStatus { Open, Paid, Shipped, Cancelled }

sealed class Order
{
    public int Id { get; set; }
    public int CustomerId { get; set; }
    public Customer Customer { get; set; } = null!;
    public OrderStatus Status { get; set; }
    public Address ShipTo { get; set; } = new();
    public DateTime OrderedAt { get; set; }
    public DateTime? ShippedAt { get; set; }
    [MaxLength(200)] public string? Note { get; set; }
    public List<OrderLine> Lines { get; } = [];
    public List<Payment> Payments { get; } = [];
}

sealed class OrderLine
{
    public int OrderId { get; set; }
    public int LineNo { get; set; }
    public Order Order { get; set; } = null!;
    public Product Product { get; set; } = null!;
    [Range(1, 20)] public int Quantity { get; set; }
    public decimal UnitPrice { get; set; }
}

/// <summary>Subtypes share its table.</summary>
abstract class Payment
{
    public int Id { get; set; }
    public Order Order { get; set; } = null!;
    public decimal Amount { get; set; }
    public DateTime PaidAt { get; set; }
}

sealed class CardPayment : Payment
{
    [MaxLength(4)] public string LastDigits { get; set; } = "";
}

sealed class TransferPayment : Payment
{
    [MaxLength(34)] public string Iban { get; set; } = "";
}

sealed class Shipment
{
    public int Id { get; set; }
    public Order Order { get; set; } = null!;
    public Warehouse Warehouse { get; set; } = null!;
    [MaxLength(30)] public string TrackingNumber { get; set; } = "";
}

sealed class Coupon
{
    public int Id { get; set; }
    [MaxLength(16)] public string Code { get; set; } = "";
    [Range(5, 50)] public int PercentOff { get; set; }
    public List<Order> Orders { get; } = [];
}
