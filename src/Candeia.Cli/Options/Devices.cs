using System.CommandLine;
using System.CommandLine.Parsing;
using Candeia.Gpu;

namespace Candeia.Cli;

/// <summary>An option that names a device; one that is not there is refused with those that are.</summary>
static class Devices
{
    /// <summary>The devices beside the processor.</summary>
    public static IReadOnlyList<GpuInfo> Found => [.. Cuda.Devices, .. OpenCl.Devices];

    /// <summary>What is missing of CUDA and of OpenCL, and how to get it.</summary>
    public static IEnumerable<string> Missing => ((string?[])[Cuda.Missing, OpenCl.Missing]).OfType<string>();

    /// <summary>A device beside the processor, for what is described.</summary>
    public static Option<string?> Beside(string description) => new("--device") { Description = description, HelpName = "NAME", CustomParser = Parse };

    /// <summary>Where a network learns, or does <paramref name="what"/>.</summary>
    public static Option<string> Option(string what = "learns") => new("--device")
    {
        Description = $"Where it {what}: cpu, or a name that candeia devices lists.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Device.Cpu.Name,
        CustomParser = Parse,
    };

    static string Parse(ArgumentResult result)
    {
        string name = result.Tokens[0].Value;
        try
        {
            _ = Device.Named(name);
        }
        catch (ArgumentException e)
        {
            result.AddError(Failure.OneLine(e.ParamName is { } parameter ? e.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal) : e.Message));
        }
        return name;
    }
}
