using System.Collections.Concurrent;
using System.Globalization;

namespace Candeia;

/// <summary>The devices that have names. Those of a package that is there are found when somebody asks for one.</summary>
internal static class DeviceNames
{
    static readonly ConcurrentDictionary<string, Func<int, Device>> s_open = [];
    static readonly ConcurrentDictionary<string, Lazy<Device>> s_devices = [];
    static bool s_isProvided;

    public static void Register(string prefix, Func<int, Device> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix);
        ArgumentNullException.ThrowIfNull(open);
        if (prefix.Contains(':', StringComparison.Ordinal)) throw new ArgumentException($"'{prefix}' is the name of one device; what is registered is the part before the colon.", nameof(prefix));
        if (prefix == Device.Cpu.Name || !s_open.TryAdd(prefix, open)) throw new ArgumentException($"Devices with the name {prefix} are registered already.", nameof(prefix));
    }

    public static Device Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == Device.Cpu.Name) return Device.Cpu;
        string prefix = name.Split(':')[0];
        if (Number(name, prefix) is not { } number || !(s_open.TryGetValue(prefix, out var open) || IsProvided(prefix, out open))) throw Missing(name);
        var device = s_devices.GetOrAdd($"{prefix}:{number}", _ => new(() => open(number)));
        try
        {
            return device.Value;
        }
        catch                                                                // perhaps it can be opened later
        {
            s_devices.TryRemove(new($"{prefix}:{number}", device));
            throw;
        }
    }

    /// <summary>The number after the colon, 0 without one; null where something else stands there.</summary>
    static int? Number(string name, string prefix) =>
        prefix.Length == name.Length ? 0
        : int.TryParse(name.AsSpan(prefix.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Looks for the package of graphics processors: its provider registers what it brings. The type has a literal name, so that trimming knows of it.</summary>
    static bool IsProvided(string prefix, out Func<int, Device> open)
    {
        lock (s_devices)
        {
            if (!s_isProvided && Type.GetType("Candeia.Gpu.Provider, Candeia.Gpu", throwOnError: false) is { } provider)
            {
                _ = Activator.CreateInstance(provider);
                s_isProvided = true;
            }
        }
        return s_open.TryGetValue(prefix, out open!);
    }

    static ArgumentException Missing(string name)
    {
        string known = string.Join(", ", s_open.Keys.Order(StringComparer.Ordinal).Select(prefix => $"'{prefix}:0'").Prepend($"'{Device.Cpu.Name}'"));
        return new($"There is no device '{name}' in this process, only {known}; the package Candeia.Gpu brings 'cuda' and 'opencl', other libraries theirs with Device.Register.", nameof(name));
    }
}
