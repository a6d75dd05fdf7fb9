namespace Candeia.Repository.Tests;

/// <summary>The scripts find their repository through links, however they are called.</summary>
public sealed class LinkTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("run")]
    [InlineData("test")]
    public void A_script_works_through_links(string script)
    {
        Skip.If(OperatingSystem.IsWindows(), "scripts of Unix");
        foreach (string part in (string[])["repository/eng", "bin", "other"]) Directory.CreateDirectory(_folder[part]);
        File.Copy(Path.Combine(Checkout.Root, script), _folder[$"repository/{script}"]);
        File.WriteAllText(_folder["repository/eng/sdk.sh"], "echo \"root $root\"; exit 0\n");      // in place of looking for an SDK
        File.CreateSymbolicLink(_folder["bin/first"], $"../repository/{script}");
        File.CreateSymbolicLink(_folder["bin/second"], _folder["bin/first"]);
        File.CreateSymbolicLink(_folder["other/folder"], "../bin");
        foreach (string call in (string[])[$"repository/{script}", $"./repository/{script}", "bin/first", "bin/second", "other/folder/second", _folder["bin/second"]])
        {
            var (code, output, error) = Checkout.Run(_folder.Path, "sh", call, "--help");
            Assert.Equal((0, ""), (code, error));
            Assert.Equal($"root {_folder["repository"]}", output.TrimEnd());
        }
    }
}
