using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RelSeed.SampleApp;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<BlogContext>(o => o.UseSqlite(Environment.GetEnvironmentVariable("SAMPLE_BLOG") ?? "Data Source=blog.db"));
var app = builder.Build();
// The tool must stop the application before it begins to work.
Environment.FailFast("The application went on.");
app.Run();
