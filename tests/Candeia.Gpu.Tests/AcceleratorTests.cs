namespace Candeia.Gpu.Tests;

public class AcceleratorTests
{
    static GpuInfo Info(string name, bool isProcessor = false) => new(name, "made up", 1 << 30, HasDouble: true) { IsProcessor = isProcessor };

    [Fact]
    public void A_graphics_processor_goes_before_the_processor_and_CUDA_before_OpenCL()
    {
        GpuInfo[] openCl = [Info("opencl:0", isProcessor: true), Info("opencl:1")];
        Assert.Equal("cuda:0", Accelerator.NameOf([Info("cuda:0"), Info("cuda:1")], openCl));
        Assert.Equal("opencl:1", Accelerator.NameOf([], openCl));
        Assert.Equal("cpu", Accelerator.NameOf([], openCl[..1]));
        Assert.Equal("cpu", Accelerator.NameOf([], []));
    }

    [Fact]
    public void The_best_here_is_one_that_is_here() =>
        Assert.Contains(Accelerator.Best.Name, Cuda.Devices.Concat(OpenCl.Devices).Where(d => !d.IsProcessor).Select(d => d.Name).Append("cpu"));
}
