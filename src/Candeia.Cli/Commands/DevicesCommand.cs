using System.CommandLine;
using System.Globalization;

namespace Candeia.Cli;

/// <summary><c>candeia devices</c>: where networks can compute here.</summary>
static class DevicesCommand
{
    public static Command Create()
    {
        var command = new Command("devices", "List the devices of this machine by the names that --device takes, and what is missing.");
        command.SetAction(_ =>
        {
            foreach (string line in Lines()) Screen.Say(Failure.OneLine(line));
        });
        return command;
    }

    static IEnumerable<string> Lines()
    {
        yield return $"{Device.Cpu.Name}: {Threads.Count} threads";
        foreach (var device in Devices.Found)
            yield return string.Create(CultureInfo.InvariantCulture, $"{device.Name}: {device.Description}, {device.Memory / 1048576.0 / 1024:0.0} GiB{(device.HasDouble ? "" : ", no float64")}{(device.IsProcessor ? ", a processor" : "")}");
        foreach (string missing in Devices.Missing) yield return missing;
    }
}
