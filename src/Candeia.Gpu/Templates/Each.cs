namespace Candeia.Gpu;

/// <summary>A thread for each number <c>e</c> below a count: for windows and whatever else finds its elements in its own way.</summary>
internal static class Each
{
    const int Threads = 128, Groups = 8192;

    /// <summary>Runs a body, in which @ is the name of the type, for each e; it may call functions that are given.</summary>
    public static void Run(GpuDevice device, string name, string body, Parameters parameters, long count, string functions = "")
    {
        if (count == 0) return;
        parameters.Reach = Math.Max(parameters.Reach, count);
        bool isLarge = parameters.AreLarge;
        var kernel = device.Kernels.Get($"each|{name}|{parameters.Key}", isLarge, () =>
            $"{parameters.Defines}{functions.Replace("@", Types.Stored(parameters.Type), StringComparison.Ordinal)}KERNEL void run(N count, {parameters.List}) {{\n"
            + $"  for (i64 each = GROUP * THREADS + THREAD; each < count; each += GROUPS * THREADS) {{ EXACT const N e = (N)each;\n{body.Replace("@", Types.Stored(parameters.Type), StringComparison.Ordinal)}\n  }}\n}}\n");
        var launch = new Launch(device, isLarge).Index(count);
        parameters.Add(launch);
        launch.Run(kernel, Math.Min(Groups, (count + Threads - 1) / Threads), Threads);
    }
}
