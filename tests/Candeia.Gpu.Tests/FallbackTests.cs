namespace Candeia.Gpu.Tests;

/// <summary>What runs on the processor because there is no kernel for it is what docs/gpu.md says, no more and no less.</summary>
[Collection(nameof(Gpu))]
public class FallbackTests
{
    static string Documentation()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Candeia.slnx"))) return Path.Combine(folder.FullName, "docs", "gpu.md");
        throw new DirectoryNotFoundException("Candeia.slnx is in no folder above the tests.");
    }

    static string[] Documented()
    {
        string[] lines = File.ReadAllLines(Documentation());
        int from = Array.FindIndex(lines, line => line.StartsWith("## What runs on the processor", StringComparison.Ordinal));
        return [.. lines.Skip(from + 1).TakeWhile(line => !line.StartsWith('#')).Where(line => line.StartsWith('|') && line.Contains('`', StringComparison.Ordinal))
            .SelectMany(line => line.Split('`').Where((_, i) => i % 2 == 1)).Order(StringComparer.Ordinal)];
    }

    static string Listed(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal).Select(n => $"`{n}`"));

    [SkippableFact]
    public void The_list_in_the_documentation_is_what_the_table_of_ops_finds()
    {
        var device = Gpu.Device;
        HashSet<string> found = [];
        foreach (var row in OpTable.Applied)
        {
            device.ForgetCounts();
            long before = device.Fallbacks;
            _ = EveryOpTests.Run(row, DType.Float32, device);
            found.UnionWith(device.WithoutKernel.Keys);
            Assert.Equal(device.Fallbacks - before, device.WithoutKernel.Values.Sum());
        }
        string[] documented = Documented();
        Assert.True(found.SetEquals(documented), $"Not in docs/gpu.md: {Listed(found.Except(documented))}. There, but no more: {Listed(documented.Except(found))}.");
    }
}
