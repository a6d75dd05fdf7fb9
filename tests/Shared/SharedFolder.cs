namespace Candeia.Tests;

/// <summary>Material that may lie beside the checkout; tests that need it skip, with a reason, where it is absent.</summary>
static class SharedFolder
{
    public static string Require(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Candeia.slnx"))) continue;
            string full = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", path));
            Skip.IfNot(Path.Exists(full), $"../shared/{path} is not beside this checkout");
            return full;
        }
        throw new DirectoryNotFoundException("Candeia.slnx is in no folder above the tests.");
    }
}
