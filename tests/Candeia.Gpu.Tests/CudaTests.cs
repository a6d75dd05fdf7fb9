namespace Candeia.Gpu.Tests;

/// <summary>The driver class of CUDA, on functions that stand for NVIDIA's: what it asks of them, and what it says where they fail. No device is needed.</summary>
[Collection(nameof(Gpu))]
public sealed class CudaTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static CudaFound Found() => CudaFound.Of((FakeCuda.On(new FakeDriver()), null));

    GpuDevice Opened() => Cuda.Open(Found(), 0, new KernelFiles(Path.Combine(_folder.Path, "kernels")));

    [Fact]
    public void What_is_missing_is_said_in_one_sentence()
    {
        Assert.Equal(Cuda.Missing is null, Cuda.Devices.Count > 0);
        Assert.Equal("no library", CudaFound.Of((null, "no library")).Missing);
        foreach (var (set, words) in new (Action, string)[]
        {
            (() => FakeCuda.Errors["cuInit"] = 100, "no graphics processor"), (() => FakeCuda.Errors["cuInit"] = 803, "CUDA_ERROR_FAKE_803, 803"), (() => FakeCuda.Version = 10010, "knows CUDA 10.1, and 11.2 is needed"),
        })
        {
            var api = FakeCuda.On(new FakeDriver());
            set();
            var found = CudaFound.Of((api, null));
            Assert.Contains(words, found.Missing, StringComparison.Ordinal);
            Assert.Equal(found.Missing, Assert.Throws<ArgumentException>(() => Cuda.Open(found, 0, null)).Message);
        }
        Assert.Contains("none is cuda:3", Assert.Throws<ArgumentException>(() => Cuda.Open(Found(), 3, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_says_what_it_is()
    {
        var device = Opened();
        Assert.Equal(("cuda:0", "a fake GPU", 1L << 40), (device.Name, device.Description, device.Memory));
    }

    [Fact]
    public void What_fails_is_told_with_the_op_the_device_and_the_name_of_the_error()
    {
        var device = Opened();
        var x = Tensor.Zeros([3], device: device);
        foreach (var (set, words) in new (Action, string)[]
        {
            (() => FakeCuda.Refusal = "line 3 is wrong", "Exp on cuda:0: a fake GPU refuses a kernel. line 3 is wrong"),
            (() => FakeCuda.Errors["cuModuleLoadData"] = 209, "could not load a kernel that was compiled for sm_90: CUDA_ERROR_FAKE_209, 209"),
            (() => FakeCuda.Errors["cuLaunchKernel"] = 701, "Exp on cuda:0: a fake GPU could not run a kernel: CUDA_ERROR_FAKE_701, 701"),
            (() => FakeCuda.Errors["cuLaunchKernel"] = 700, "the device is gone (CUDA_ERROR_FAKE_700, 700); begin a new process, from a checkpoint"),
        })
        {
            set();
            Assert.Contains(words, Assert.Throws<GpuException>(() => x.Exp().ToArray<float>()).Message, StringComparison.Ordinal);
            FakeCuda.Errors.Clear();
            FakeCuda.Refusal = null;
        }
        FakeCuda.Errors["cuStreamSynchronize"] = 719;
        Assert.Contains("gone", Assert.Throws<GpuException>(() => x.ToArray<float>()).Message, StringComparison.Ordinal);
        FakeCuda.Errors.Clear();
        Assert.Equal([0f, 0, 0], x.Exp().ToArray<float>());
    }

    [Fact]
    public void Memory_that_is_full_is_told_with_sizes_and_nothing_stays_behind()
    {
        var device = Opened();
        long blocks = FakeCuda.Blocks;
        using (Scope.Begin())
        {
            _ = Tensor.Empty([1 << 20], device: device);
            FakeCuda.Errors["cuMemAlloc_v2"] = 2;
            Assert.Contains("cuda:0 has no 8 MiB left: 4 MiB are in use by tensors", Assert.Throws<InsufficientMemoryException>(() => Tensor.Empty([1 << 21], device: device)).Message, StringComparison.Ordinal);
            FakeCuda.Errors.Clear();
        }
        device.Trim();
        Assert.Equal(blocks, FakeCuda.Blocks);
    }

    [Fact]
    public void A_device_newer_than_the_compiler_gets_assembly_and_an_older_one_a_sentence()
    {
        var found = Found();
        FakeCuda.Architecture = 100;
        var device = Cuda.Open(found, 0, null);
        Assert.Equal([0f, 0], (Tensor.Zeros([2], device: device) + 1).ToArray<float>());
        FakeCuda.Architecture = 60;
        Assert.Contains("NVRTC 12.4 compiles no kernels for a fake GPU (sm_60)", Assert.Throws<GpuException>(() => Cuda.Open(found, 0, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compiled_kernels_are_kept_and_one_that_the_driver_does_not_take_is_compiled_anew()
    {
        string folder = Path.Combine(_folder.Path, "kernels");
        int Compute()
        {
            var found = Found();
            var driver = new CudaDriver(found.Api!, found.Devices[0], new KernelFiles(folder));
            _ = Tensor.Zeros([2], device: new GpuDevice("cuda:0", driver)).Exp().Sum();
            return driver.Compiled;
        }
        int first = Compute();
        Assert.InRange(first, 2, 10);
        Assert.Equal(first, Directory.GetFiles(folder).Length);
        Assert.Equal(0, Compute());
        var files = new KernelFiles(folder);
        foreach (string file in Directory.GetFiles(folder)) files.Write(Path.GetFileNameWithoutExtension(file), "no kernel of this driver\0"u8);
        Assert.Equal(first, Compute());
        Assert.Equal(0, Compute());
    }

    [Fact]
    public void Products_and_sums_are_rounded_apart_where_a_text_says_so()
    {
        Assert.Contains("--fmad=true", CudaPrelude.Options(CudaPrelude.Text + "KERNEL void run() {}", "sm_90"));
        Assert.Contains("--fmad=false", CudaPrelude.Options(CudaPrelude.Text + "KERNEL void run() { EXACT }", "sm_90"));
    }

    [SkippableFact]
    public void What_is_copied_there_arrives_though_nobody_waits_for_it()
    {
        var device = Gpu.Imitated;
        int waits = FakeCuda.Waits;
        List<(int[] Here, Tensor There)> all = [];
        foreach (int count in (int[])[1, 3_000_000, 7, 2_097_152, 9_000_001, 1, 64])
        {
            int[] numbers = [.. Enumerable.Range(count, count)];
            all.Add((numbers, Tensor.From(numbers).To(device)));
            Array.Clear(numbers);                                            // what was given may change
        }
        Assert.Equal(waits, FakeCuda.Waits);
        foreach (var (here, there) in all) Assert.Equal(Enumerable.Range(here.Length, here.Length), there.ToArray<int>());
        Assert.Equal(waits + all.Count, FakeCuda.Waits);
    }
}
