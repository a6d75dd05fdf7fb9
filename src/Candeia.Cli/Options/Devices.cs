using System.CommandLine;

namespace Candeia.Cli;

/// <summary>An option that names a device; one that is not there is refused with those that are.</summary>
static class Devices
{
    /// <summary>Where a network learns, or does <paramref name="what"/>.</summary>
    public static Option<string> Option(string what = "learns") => new("--device")
    {
        Description = $"Where it {what}: cpu, or a name that candeia devices lists.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Device.Cpu.Name,
        CustomParser = result =>
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
        },
    };
}
