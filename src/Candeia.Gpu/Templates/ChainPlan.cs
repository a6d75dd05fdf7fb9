using System.Text;

namespace Candeia.Gpu;

/// <summary>The kernel of a chain of ops, and where in its arguments memory and plain numbers stand. A thread takes all steps for an element before it goes on to the next.</summary>
internal sealed class ChainPlan
{
    const int Threads = 256, Groups = 4096;

    readonly record struct Place(int At, int Index);

    readonly List<Place> _stores = [], _reads = [], _numbers = [];
    readonly Arguments _arguments;
    readonly Handle _kernel;
    readonly long _groups;

    ChainPlan(Handle kernel, long groups, Arguments arguments) => (_kernel, _groups, _arguments) = (kernel, groups, arguments);

    /// <summary>Makes the kernel of a chain.</summary>
    /// <param name="device">Where.</param>
    /// <param name="key">The chain.</param>
    /// <param name="stores">The memory of each step's result.</param>
    /// <param name="reads">The memory that is read.</param>
    /// <param name="numbers">The plain numbers of all steps, in their order.</param>
    public static ChainPlan Of(GpuDevice device, ChainKey key, Handle[] stores, Handle[] reads, Arguments numbers)
    {
        int[] stored = [.. Enumerable.Range(0, key.Steps).Where(key.IsStored)];
        Layout[] layouts = [.. stored.Select(key.Result), .. Enumerable.Range(0, key.Loads).Select(i => key.Load(i).Layout.Broadcast(key.Shape))];
        var loops = Loops.Over(layouts);
        bool isLarge = loops.Reach + layouts.Max(layout => layout.Offset) > Launch.Large;
        string text = Text(key, stored, loops);
        var kernel = device.Kernels.Get(text, isLarge, () => text);
        long count = key.Shape.Numel;
        var launch = new Launch(device, isLarge).Index(count);
        List<Place> toStores = [], toReads = [], toNumbers = [];
        foreach (int step in stored)
        {
            toStores.Add(new(device.Arguments.Next(sizeof(long)), step));
            launch.Memory(stores[step]).Index(key.Result(step).Offset);
        }
        for (int i = 0; i < key.Loads; i++)
        {
            toReads.Add(new(device.Arguments.Next(sizeof(long)), i));
            launch.Memory(reads[i]).Index(key.Load(i).Layout.Offset);
        }
        for (int step = 0, number = 0; step < key.Steps; step++)
        {
            foreach (var source in key.Sources(step))
            {
                if (source.From != ChainKey.From.Number) continue;
                toNumbers.Add(new(device.Arguments.Reserve(key[step].Type.Size()), number));
                device.Arguments.Put(toNumbers[^1].At, numbers, number++);
            }
            foreach (double number_ in key[step].Formula.Numbers) launch.Number(number_, key[step].Type);
        }
        loops.Add(launch);
        var plan = new ChainPlan(kernel, Math.Min(Groups, (count + Threads - 1) / Threads), device.Arguments.Copy());
        plan._stores.AddRange(toStores);
        plan._reads.AddRange(toReads);
        plan._numbers.AddRange(toNumbers);
        return plan;
    }

    /// <summary>Launches it for a chain like that.</summary>
    public void Run(GpuDevice device, Handle[] stores, Handle[] reads, Arguments numbers)
    {
        foreach (var (at, index) in _stores) _arguments.Put(at, stores[index]);
        foreach (var (at, index) in _reads) _arguments.Put(at, reads[index]);
        foreach (var (at, index) in _numbers) _arguments.Put(at, numbers, index);
        device.Run(_kernel, _groups, Threads, _arguments);
    }

    static string Text(ChainKey key, int[] stored, Loops loops)
    {
        StringBuilder head = new("KERNEL void run(N n"), places = new(), body = new();
        foreach (var (i, step) in stored.Index())
        {
            head.Append($", GLOBAL {Types.Stored(key[step].DType)}* y{step}, N z{step}");
            places.Append($"{(i == 0 ? "N " : ", ")}i{i} = z{step}");
        }
        for (int i = 0; i < key.Loads; i++)
        {
            head.Append($", GLOBAL const {Types.Stored(key.Load(i).DType)}* p{i}, N o{i}");
            places.Append($", i{stored.Length + i} = o{i}");
            body.Append($"    const {Types.Stored(key.Load(i).DType)} v{i} = p{i}[i{stored.Length + i}];\n");
        }
        for (int step = 0; step < key.Steps; step++) Add(key, step, head, body);
        foreach (var (i, step) in stored.Index()) body.Append($"    y{step}[i{i}] = r{step};\n");
        return $"{head}{loops.Parameters("s")}) {{\n  for (i64 each = GROUP * THREADS + THREAD; each < n; each += GROUPS * THREADS) {{ EXACT\n"
            + $"    {places};\n    {loops.Walk("s", "(N)each", k => $"i{k}")}\n{body}  }}\n}}\n";
    }

    static void Add(ChainKey key, int step, StringBuilder head, StringBuilder body)
    {
        var (_, formula, _, type, _, dtype) = key[step];
        string t = Types.Stored(type);
        body.Append($"    {Types.Stored(dtype)} r{step}; {{ typedef {t} T;");
        foreach (var (i, source) in key.Sources(step).ToArray().Index())
        {
            char letter = (char)('a' + i);
            if (source.From == ChainKey.From.Number) head.Append($", {t} {letter}_{step}");
            string value = source.From switch
            {
                ChainKey.From.Number => $"{letter}_{step}", ChainKey.From.Load => Types.Convert($"v{source.Index}", source.DType, type), _ => Types.Convert($"r{source.Index}", source.DType, type),
            };
            body.Append($" const T {letter} = {value};");
        }
        for (int i = 0; i < formula.Numbers.Length; i++)
        {
            head.Append($", {t} k{i}_{step}");
            body.Append($" const T k{i} = k{i}_{step};");
        }
        body.Append($" r{step} = {Types.Convert(Types.Cast(formula.Text.Replace("@", t, StringComparison.Ordinal), type), type, dtype)}; }}\n");
    }
}
