namespace Candeia.Gpu.Tests;

/// <summary>Compiled kernels on disk: used again by the next process, whatever has happened to their files.</summary>
[Collection(nameof(Gpu))]
public sealed class KernelFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Folder => Path.Combine(_folder.Path, "kernels");

    public void Dispose() => _folder.Dispose();

    /// <summary>Computes something on a device that is opened anew; how many kernels were compiled for it.</summary>
    int Compute()
    {
        Skip.If(OpenCl.Missing is not null, OpenCl.Missing);
        var driver = new OpenClDriver(OpenClApi.Found!, OpenClDevice.All(OpenClApi.Found!)[0], new KernelFiles(Folder));
        var device = new GpuDevice("opencl:0", driver);
        var x = Tensor.From([1f, 2, 3, 4]).To(device);
        Assert.Equal([3f, 5, 7, 9], (x * 2 + 1).ToArray<float>());
        Assert.Equal(10, x.Sum().Item());
        return driver.Compiled;
    }

    [SkippableFact]
    public void The_next_process_compiles_nothing()
    {
        Assert.Equal(2, Compute());
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
        Assert.Equal(0, Compute());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(Folder).UnixFileMode);
    }

    [SkippableFact]
    public void Files_that_are_cut_off_or_changed_count_as_none_and_are_written_anew()
    {
        Compute();
        string[] files = Directory.GetFiles(Folder);
        File.WriteAllBytes(files[0], File.ReadAllBytes(files[0])[..50]);
        byte[] changed = File.ReadAllBytes(files[1]);
        changed[^1] ^= 1;
        File.WriteAllBytes(files[1], changed);
        Assert.Equal(2, Compute());
        Assert.Equal(0, Compute());
    }

    [SkippableFact]
    public void What_a_driver_does_not_take_is_compiled()
    {
        Compute();
        var files = new KernelFiles(Folder);
        foreach (string file in Directory.GetFiles(Folder)) files.Write(Path.GetFileNameWithoutExtension(file), "no kernel of this driver"u8);
        Assert.Equal(2, Compute());
    }

    [SkippableFact]
    public void A_folder_that_cannot_be_written_is_done_without()
    {
        File.WriteAllText(Folder, "a file");
        Assert.Equal(2, Compute());
    }

    [Fact]
    public void Names_depend_on_text_compiler_and_device()
    {
        string[] names = [KernelFiles.NameOf("a", "b", "c"), KernelFiles.NameOf("a", "b", "d"), KernelFiles.NameOf("a", "d", "c"), KernelFiles.NameOf("d", "b", "c")];
        Assert.Distinct(names);
        Assert.Equal(names[0], KernelFiles.NameOf("a", "b", "c"));
    }
}
