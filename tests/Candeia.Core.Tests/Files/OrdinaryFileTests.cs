using System.Diagnostics;

namespace Candeia.Tests;

public sealed class OrdinaryFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("candeia").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string At(string name) => Path.Combine(_folder, name);

    [Fact]
    public void A_file_is_read_whole_but_not_if_it_is_larger_than_it_may_be()
    {
        File.WriteAllBytes(At("x"), [1, 2, 3]);
        Assert.Equal([1, 2, 3], OrdinaryFile.ReadAllBytes(At("x"), 3));
        Assert.Equal($"'{At("x")}' has more than 2 bytes.", Assert.Throws<IOException>(() => OrdinaryFile.ReadAllBytes(At("x"), 2)).Message);
        Assert.Throws<FileNotFoundException>(() => OrdinaryFile.ReadAllBytes(At("none"), 2));
    }

    [Fact]
    public void An_empty_file_is_refused() => Assert.StartsWith($"'{Made("empty")}' is empty", Refused("empty"), StringComparison.Ordinal);

    [SkippableFact]
    public void Pipes_and_devices_are_refused_before_they_are_opened()
    {
        Skip.If(OperatingSystem.IsWindows(), "files of Unix");
        using (var make = Process.Start("mkfifo", [At("pipe")])) make.WaitForExit();
        File.CreateSymbolicLink(At("zero"), "/dev/zero");
        File.CreateSymbolicLink(At("link"), At("zero"));
        File.CreateSymbolicLink(At("other"), "pipe");
        foreach (string name in (string[])["pipe", "zero", "link", "other"])
        {
            Assert.Contains("no ordinary file", Refused(name), StringComparison.Ordinal);
            Assert.Throws<IOException>(() => OrdinaryFile.Open(At(name)));
        }
    }

    [SkippableFact]
    public void Links_to_ordinary_files_are_followed()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a right there");
        File.WriteAllBytes(At("x"), [7]);
        File.CreateSymbolicLink(At("link"), "x");
        Assert.Equal([7], OrdinaryFile.ReadAllBytes(At("link"), 1));
    }

    string Made(string name)
    {
        File.WriteAllBytes(At(name), []);
        return At(name);
    }

    string Refused(string name) => Assert.Throws<IOException>(() => OrdinaryFile.ReadAllBytes(At(name), 100)).Message;
}
