using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace RelSeed.SampleApp;

/// <summary>Known to the application's services alone.</summary>
public class BlogContext(DbContextOptions<BlogContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Blog>().ToTable("Blogs");
        modelBuilder.Entity<Post>().ToTable("Posts").Property(p => p.State).HasConversion<string>();
    }
}

/// <summary>Made by a factory for design time.</summary>
public class NewsContext(DbContextOptions<NewsContext> options, string title) : DbContext(options)
{
    public string Title { get; } = title;

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Blog>().ToTable("Blogs").Ignore(b => b.Posts);
}

public class NewsContextFactory : IDesignTimeDbContextFactory<NewsContext>
{
    public NewsContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<NewsContext>()
            .UseSqlite(Environment.GetEnvironmentVariable("SAMPLE_NEWS") ?? "Data Source=news.db").Options, "news");
}

/// <summary>Made by a constructor without parameters.</summary>
public class NotesContext : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseSqlite(Environment.GetEnvironmentVariable("SAMPLE_NOTES") ?? "Data Source=notes.db");

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Blog>().ToTable("Blogs").Ignore(b => b.Posts);
}

/// <summary>Nothing configures it but its options.</summary>
public class LooseContext(DbContextOptions<LooseContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Blog>().ToTable("Blogs").Ignore(b => b.Posts);
}

public class Blog
{
    public int Id { get; set; }
    [EmailAddress, MaxLength(60)] public string Contact { get; set; } = "";
    public List<Post> Posts { get; } = [];
}

public class Post
{
    public int Id { get; set; }
    public Blog Blog { get; set; } = null!;
    public PostState State { get; set; }
}

public enum PostState { Draft, Published, Archived }
