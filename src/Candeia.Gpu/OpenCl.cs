namespace Candeia.Gpu;

/// <summary>The devices that OpenCL finds on this machine.</summary>
public static class OpenCl
{
    const string Remedy =
        "Install the driver of the graphics processor, which brings OpenCL; pocl-opencl-icd makes a device of the processor (apt-get install pocl-opencl-icd); "
        + "or name a library by the environment variable CANDEIA_OPENCL.";

    /// <summary>What was found: graphics processors first. The device number 0 is <c>opencl:0</c>.</summary>
    public static IReadOnlyList<GpuInfo> Devices => OpenClApi.Found is not { } api ? []
        : [.. OpenClDevice.All(api).Select((d, i) => new GpuInfo($"opencl:{i}", d.Name, d.Memory, d.HasDouble) { IsProcessor = d.IsProcessor })];

    /// <summary>What is missing where <see cref="Devices"/> is empty, and how to get it; null where nothing is.</summary>
    public static string? Missing => OpenClApi.Found is null ? $"There is no OpenCL on this machine. {Remedy}"
        : Devices.Count == 0 ? $"OpenCL is there, but knows no device. {Remedy}" : null;

    /// <summary>Opens the device of a number.</summary>
    internal static GpuDevice Open(int number)
    {
        if (Missing is { } missing) throw new ArgumentException(missing);
        var all = OpenClDevice.All(OpenClApi.Found!);
        if (number >= all.Count) throw new ArgumentException($"OpenCL has {all.Count} device(s) here, counted from opencl:0, and none is opencl:{number}.");
        return new($"opencl:{number}", new OpenClDriver(OpenClApi.Found!, all[number], KernelFiles.OfUser));
    }
}
