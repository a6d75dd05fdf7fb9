using Candeia.Datasets;
using Candeia.NN;

namespace Candeia.Platforms;

/// <summary>What systems do differently with files: names, files that others read, locks.</summary>
static class Files
{
    static bool s_right = true;

    public static bool Check(string folder)
    {
        Directory.CreateDirectory(folder);
        Case("names with spaces, accents and pictures", () => Names(Path.Combine(folder, "ä folder of 點 and 🕯", "a model.safetensors")));
        Case("names longer than 260 characters", () => Names(Path.Combine(folder, new string('l', 120), new string('o', 120), new string('n', 120), "g.safetensors")));
        Case("a file is replaced", () => Replaced(Path.Combine(folder, "replaced.txt")));
        Case("a file is replaced although somebody reads it for a moment", () => ReplacedWhileRead(Path.Combine(folder, "read.txt")));
        Case("a file that stays open is replaced, or refused in a sentence and left as it was", () => ReplacedWhileOpen(Path.Combine(folder, "open.txt")));
        Case("of a mapped file the same", () => ReplacedWhileMapped(Path.Combine(folder, "mapped.safetensors")));
        Case("files that belong together come together", () => Together(folder));
        Case("two who draw the same pictures do not disturb each other", () => Drawn(Path.Combine(folder, "drawn")));
        return s_right;
    }

    static void Case(string name, Action body)
    {
        try
        {
            body();
            Console.WriteLine($"ok {name}");
        }
#pragma warning disable CA1031 // every fault is one
        catch (Exception fault)
#pragma warning restore CA1031
        {
            s_right = false;
            Console.WriteLine($"FAILED {name}: {fault.GetType().Name}: {fault.Message}");
        }
    }

    static void Holds(bool condition, string what)
    {
        if (!condition) throw new InvalidOperationException(what);
    }

    static void Names(string path)
    {
        new Linear(3, 1).Save(path);
        Holds(Safetensors.Load(path).Count == 2, "the file has other tensors");
        Holds(Directory.GetFiles(Path.GetDirectoryName(path)!).Length == 1, "something else lies beside it");
    }

    static void Replaced(string path)
    {
        WholeFile.Write(path, "old");
        WholeFile.Write(path, "new");
        Holds(File.ReadAllText(path) == "new", "the old text is still there");
    }

    static void ReplacedWhileRead(string path)
    {
        WholeFile.Write(path, "old");
        using var opened = new ManualResetEventSlim();
        var reader = Task.Run(() =>
        {
            using var file = File.OpenRead(path);
            opened.Set();
            Thread.Sleep(300);
        });
        opened.Wait();
        WholeFile.Write(path, "new");
        reader.Wait();
        Holds(File.ReadAllText(path) == "new", "the old text is still there");
    }

    static void ReplacedWhileOpen(string path)
    {
        WholeFile.Write(path, "old");
        using var file = File.OpenRead(path);
        string expected = Refused(path, () => WholeFile.Write(path, "new")) ? "old" : "new";
        Holds(File.ReadAllText(path) == expected, $"the text is not '{expected}'");
    }

    static void ReplacedWhileMapped(string path)
    {
        Safetensors.Save(path, [new("x", Tensor.Ones([1000]))]);
        using var file = SafetensorsFile.Open(path, map: true);
        var mapped = file.Load("x");
        double expected = Refused(path, () => Safetensors.Save(path, [new("x", Tensor.Zeros([1000]))])) ? 1000 : 0;
        Holds(mapped.Sum().Item() == 1000, "the tensor has changed");
        Holds(Safetensors.Load(path)["x"].Sum().Item() == expected, $"the file's sum is not {expected}");
    }

    /// <summary>Whether a file could not be replaced, which an exception for files says, by its name.</summary>
    static bool Refused(string path, Action write)
    {
        try
        {
            write();
            return false;
        }
        catch (IOException fault)
        {
            Holds(fault.Message.Contains(Path.GetFileName(path), StringComparison.Ordinal), $"the message names no file: {fault.Message}");
            Holds(Directory.GetFiles(Path.GetDirectoryName(path)!, "*.tmp").Length == 0, "a temporary file is left");
            return true;
        }
    }

    static void Together(string folder)
    {
        string[] paths = [Path.Combine(folder, "one.txt"), Path.Combine(folder, "two.txt")];
        foreach (string text in (string[])["old", "new"])
        {
            using var files = FilesTogether.Begin();
            foreach (string path in paths) WholeFile.Write(path, text);
            files.Complete();
        }
        Holds(paths.All(p => File.ReadAllText(p) == "new"), "an old text is still there");
    }

    static void Drawn(string folder)
    {
        int made = 0;
        Parallel.For(0, 2, _ =>
        {
            for (int i = 0; i < 200; i++)
                try
                {
                    GC.KeepAlive(new GuessTheCorrelation(folder, source: DataSource.Generate, count: 40, seed: 3));
                    Interlocked.Increment(ref made);
                    return;
                }
                catch (DatasetException)                                   // the other one is drawing, which it says
                {
                    Thread.Sleep(100);
                }
        });
        Holds(made == 2, "one of them never came to its pictures");
        Holds(new GuessTheCorrelation(folder, source: DataSource.Folder).Count == 40, "not all pictures are there");
        Holds(Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!, "drawn*").Length == 1, "something else lies beside them");
    }
}
