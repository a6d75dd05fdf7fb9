using System.CommandLine;

namespace Candeia.Cli;

/// <summary>An option that names a device; one that is not there is refused with those that are.</summary>
static class Devices
{
    public static Option<string> Option() => new("--device")
    {
        Description = "Where it learns: cpu, or a name that candeia devices lists.",
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
