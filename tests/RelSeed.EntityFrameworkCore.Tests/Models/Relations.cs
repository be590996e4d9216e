using Microsoft.EntityFrameworkCore;

namespace RelSeed.EntityFrameworkCore.Tests.Models;

sealed class Student
{
    public int Id { get; set; }
    public string Number { get; set; } = "";
    public List<Course> Courses { get; set; } = [];
    public List<Club> Clubs { get; set; } = [];
    public Student? Mentor { get; set; }
    public List<Student> Mentees { get; set; } = [];
    public Locker? Locker { get; set; }
}

sealed class Course
{
    public int Region { get; set; }
    public string Code { get; set; } = "";
    public string Title { get; set; } = "";
    public List<Student> Students { get; set; } = [];
    public List<Lesson> Lessons { get; set; } = [];
}

/// <summary>The join of students and courses, with data of its own.</summary>
sealed class Enrolment
{
    public int StudentId { get; set; }
    public int CourseRegion { get; set; }
    public string CourseCode { get; set; } = "";
    public Grade Grade { get; set; }
}

sealed class Club
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public List<Student> Members { get; set; } = [];
}

/// <summary>Refers to a student by the student's number, and to a course by both columns of its key.</summary>
sealed class Lesson
{
    public int Id { get; set; }
    public string StudentNumber { get; set; } = "";
    public Student Student { get; set; } = null!;
    public Course Course { get; set; } = null!;
}

/// <summary>At most one of a student; its key is the student's.</summary>
sealed class Locker
{
    public int StudentId { get; set; }
    public Student Student { get; set; } = null!;
    public Key? Key { get; set; }
}

sealed class Key
{
    public int Id { get; set; }
    public Locker? Locker { get; set; }
}

sealed class SchoolContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Student>(b =>
        {
            b.HasAlternateKey(s => s.Number);
            b.HasMany(s => s.Mentees).WithOne(s => s.Mentor).HasForeignKey("MentorId");
            b.HasMany(s => s.Clubs).WithMany(c => c.Members);
            b.HasMany(s => s.Courses).WithMany(c => c.Students).UsingEntity<Enrolment>(
                r => r.HasOne<Course>().WithMany().HasForeignKey(e => new { e.CourseRegion, e.CourseCode }),
                l => l.HasOne<Student>().WithMany().HasForeignKey(e => e.StudentId));
        });
        modelBuilder.Entity<Course>().HasKey(c => new { c.Region, c.Code });
        modelBuilder.Entity<Lesson>(b =>
        {
            b.HasOne(l => l.Student).WithMany().HasForeignKey(l => l.StudentNumber).HasPrincipalKey(s => s.Number);
            b.HasOne(l => l.Course).WithMany(c => c.Lessons);
            b.Property<DateTime>("Held");
        });
        modelBuilder.Entity<Locker>(b =>
        {
            b.HasKey(l => l.StudentId);
            b.HasOne(l => l.Student).WithOne(s => s.Locker).HasForeignKey<Locker>(l => l.StudentId);
            b.HasOne(l => l.Key).WithOne(k => k.Locker).HasForeignKey<Locker>("KeyId");
        });
    }
}

sealed class Invoice
{
    public long Id { get; set; }
    public string Number { get; set; } = "";
    public decimal Net { get; set; }
    public decimal Tax { get; set; }
    public decimal Gross { get; private set; }
    public int Quantity { get; set; }
    public DateTime Created { get; set; }
    public string State { get; set; } = "";
    public bool IsDeleted { get; set; }
    public DateTime? Archived { get; set; }
    public Guid Version { get; set; }
}

/// <summary>A view; nothing is written to it.</summary>
sealed class InvoiceTotal
{
    public decimal Total { get; set; }
}

sealed class InvoiceContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Invoice>(b =>
        {
            b.ToTable("Invoices", t => t.HasCheckConstraint("Quantity_positive", "\"Quantity\" between 1 and 40"));
            b.Property(i => i.Number).HasMaxLength(12);
            b.HasIndex(i => i.Number).IsUnique();
            b.Property(i => i.Net).HasPrecision(9, 2);
            b.Property(i => i.Tax).HasPrecision(9, 2);
            b.Property(i => i.Gross).HasComputedColumnSql("\"Net\" + \"Tax\"", stored: true);
            b.Property(i => i.Created).HasDefaultValueSql("CURRENT_TIMESTAMP");
            b.Property(i => i.State).HasDefaultValue("open").HasMaxLength(8);
            b.Property(i => i.Version).IsConcurrencyToken();
            b.HasIndex(i => i.State).IsUnique().HasFilter("\"Archived\" IS NOT NULL");
            b.HasQueryFilter(i => !i.IsDeleted && i.Archived == null);
        });
        modelBuilder.Entity<InvoiceTotal>().HasNoKey().ToView("InvoiceTotals");
    }
}
