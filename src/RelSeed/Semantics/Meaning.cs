namespace RelSeed.Semantics;

/// <summary>What values of a column stand for.</summary>
public enum Meaning
{
    /// <summary>Nothing is known but the type.</summary>
    Unknown,

    // People
    FirstName, MiddleName, LastName, FullName, Initials, Salutation, NameSuffix, Nickname, Username, Gender, MaritalStatus, Nationality,
    Age, JobTitle, Department, Biography, BloodType, BodyHeight, BodyWeight, NationalId, PassportNumber, LicenceNumber,

    // Organisations
    CompanyName, LegalForm, Industry, Slogan, VatNumber, RegistrationNumber, TeamName, School, Course,

    // Places
    StreetAddress, AddressLine2, StreetName, HouseNumber, City, Region, RegionCode, PostalCode, Country, CountryCode, CountryCode3,
    CountryNumber, Continent, FullAddress, District, Latitude, Longitude, TimeZone, Location,

    // Getting in touch
    Email, Phone, MobilePhone, Fax, PhoneExtension, DialCode,

    // The internet
    Url, ImageUrl, Website, SocialUrl, Domain, HostName, IpAddress, MacAddress, Port, UserAgent, Browser, OperatingSystem, Device,
    HttpMethod, HttpStatus,
    Protocol, MimeType, FileName, FilePath, FileExtension, Slug, Icon, Image,

    // Technology
    PasswordHash, Salt, Token, ApiKey, Secret, Hash, Signature, Certificate, UuidText, Version, Locale, Language, LanguageCode, LogLevel, LogMessage,
    ErrorMessage, ErrorCode, Environment, ServiceName, Command, Query, EventName, Branch, Json, Xml, Namespace, Scope, Encoding, TableNameText, Cron,

    // Goods
    ProductName, Brand, Category, Sku, Barcode, Isbn, Color, ColorHex, SizeLabel, Material, UnitOfMeasure, ModelName, SerialNumber, PackSize, Genre,
    VehicleMake, VehicleModel, VehiclePlate, Vin,

    // Money
    Price, Amount, Total, Tax, Shipping, Discount, DiscountAmount, TaxRate, Percentage, Rate, ExchangeRate, Salary, Balance, Cost, AmountCents,
    CurrencyCode, CurrencyName, CurrencySymbol, Iban, Bic, AccountNumber, CardNumber, CardType, PaymentMethod,

    // Numbers and papers
    OrderNumber, InvoiceNumber, Reference, Code, Abbreviation, Key, ExternalId,

    // Quantities
    Quantity, Stock, Count, Score, Rating, Priority, Position, Level, Year, Month, Weekday, DayOfMonth, Hour, DurationSeconds, DurationMinutes,
    DurationDays, DurationMillis, ByteSize, PixelSize, Weight, Length, Volume, Temperature, Population, Area, Distance, Speed, Ratio, Revision,

    // Time
    CreatedAt, UpdatedAt, DeletedAt, BirthDate, DeathDate, HiredAt, LeftAt, RegisteredAt, VerifiedAt, LastSeenAt, StartAt, EndAt, OrderedAt,
    RequiredAt, ApprovedAt, PaidAt, ShippedAt, DeliveredAt, ReturnedAt, CancelledAt, CompletedAt, DueAt, ExpiresAt, PublishedAt, ReleasedAt,
    ScheduledAt, OccurredAt, OpenedAt, ClosedAt, ValidFrom, ValidTo, SentAt, ReadAt, Date, TimeOfDay,

    // Flags
    ActiveFlag, DeletedFlag, RareFlag, CommonFlag, EvenFlag,

    // Kinds and states
    Status, OrderStatus, PaymentStatus, TaskStatus, PublicationStatus, Type, Role, Severity, PriorityLabel, Channel, Source, Action, Frequency, Shape,
    Direction, Theme, Visibility, Method, ContentRating,

    // Words
    Name, Title, FilmTitle, BookTitle, AlbumTitle, SongTitle, ArtistName, ProjectName, EventTitle, Headline, Subject, Caption, Description, Summary,
    Comment, Review, Note, Body, Markdown, Html, Message, Question, Answer, Reason, Instructions, Tag, Keywords, Label,
}
