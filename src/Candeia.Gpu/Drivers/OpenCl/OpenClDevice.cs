using System.Text;

namespace Candeia.Gpu;

/// <summary>A device that OpenCL knows: graphics processors first, then other accelerators, then processors, each in the order of the platforms.</summary>
internal sealed unsafe class OpenClDevice
{
    const ulong Processors = 2, Graphics = 4, Accelerators = 8;
    const uint Kind = 0x1000, NameInfo = 0x102B, GlobalMemory = 0x101F, MostMemory = 0x1010, DoubleConfiguration = 0x1032, Version = 0x102F, Driver = 0x102D, MostThreads = 0x1004;
    readonly OpenClApi _api;

    OpenClDevice(OpenClApi api, nint id)
    {
        _api = api;
        Id = id;
    }

    public nint Id { get; }

    public string Name => Text(NameInfo).Trim();

    /// <summary>Name, version and driver: what decides what a text becomes.</summary>
    public string Identity => $"{Name}; {Text(Version)}; {Text(Driver)}";

    public long Memory => (long)Number(GlobalMemory);

    public long MostBytes => (long)Number(MostMemory);

    public bool HasDouble => Number(DoubleConfiguration) != 0;

    /// <summary>Whether it is a processor.</summary>
    public bool IsProcessor => (Number(Kind) & Processors) != 0;

    /// <summary>How many threads a group may have.</summary>
    public int Threads => (int)Math.Min(int.MaxValue, Number(MostThreads));

    /// <summary>All devices of this machine.</summary>
    public static IReadOnlyList<OpenClDevice> All(OpenClApi api)
    {
        List<OpenClDevice> all = [];
        uint platforms = 0;
        if (api.GetPlatforms(0, null, &platforms) != 0 || platforms == 0) return all;
        nint[] ids = new nint[platforms];
        fixed (nint* p = ids) if (api.GetPlatforms(platforms, p, null) != 0) return all;
        foreach (ulong kind in (ulong[])[Graphics, Accelerators, Processors])
            foreach (nint platform in ids)
            {
                uint count = 0;
                if (api.GetDevices(platform, kind, 0, null, &count) != 0 || count == 0) continue;
                nint[] devices = new nint[count];
                fixed (nint* p = devices) if (api.GetDevices(platform, kind, count, p, null) != 0) continue;
                all.AddRange(devices.Select(id => new OpenClDevice(api, id)));
            }
        return all;
    }

    ulong Number(uint what)
    {
        ulong value = 0;
        return _api.GetDeviceInfo(Id, what, sizeof(ulong), &value, null) == 0 ? value : 0;
    }

    string Text(uint what)
    {
        nuint size = 0;
        if (_api.GetDeviceInfo(Id, what, 0, null, &size) != 0 || size == 0) return "";
        byte[] bytes = new byte[size];
        fixed (byte* p = bytes) if (_api.GetDeviceInfo(Id, what, size, p, null) != 0) return "";
        return Encoding.UTF8.GetString(bytes).TrimEnd('\0');
    }
}
