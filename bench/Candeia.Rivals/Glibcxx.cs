using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Candeia.Compare;

/// <summary>
/// TorchSharp's native library asks for the C++ library of a newer system than Debian 12, for one function only, which does nothing of use there. The copy
/// in the output folder is made to call another one, without effect, in its place. Where the library loads as it is nothing is changed.
/// </summary>
static class Glibcxx
{
    const string Missing = "_ZSt21ios_base_library_initv", Harmless = "_ZNSt6chrono3_V212steady_clock3nowEv", Version = "GLIBCXX_3.4.32";
    const int DynamicSymbols = 11, SymbolVersions = 0x6fffffff, NeededVersions = 0x6ffffffe;

    /// <summary>Tries the library, and mends the copy if that is what it lacks.</summary>
    public static void Prepare(string folder)
    {
        string path = Path.Combine(folder, "libLibTorchSharp.so");
        if (!File.Exists(path) || Loads(path) is not { } fault) return;
        if (!fault.Contains(Version, StringComparison.Ordinal)) throw new InvalidOperationException($"libtorch does not load: {fault}");
        byte[] file = File.ReadAllBytes(path);
        Mend(file);
        File.WriteAllBytes(path + ".mended", file);
        File.Move(path + ".mended", path, overwrite: true);
        if (Loads(path) is { } still) throw new InvalidOperationException($"libtorch does not load, even without {Missing}: {still}");
    }

    static string? Loads(string path)
    {
        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (DllNotFoundException fault)
        {
            return fault.Message;
        }
    }

    // ELF, 64 bits, little-endian: the sections from the header at 0x28, in entries of 64 bytes: name, type, flags, address, offset, size, link.
    static void Mend(Span<byte> file)
    {
        int sections = (int)BinaryPrimitives.ReadInt64LittleEndian(file[0x28..]), symbols = 0, size = 0, texts = 0, versions = 0, needed = 0;
        for (int i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(file[0x3c..]); i++)
        {
            var section = file[(sections + 64 * i)..];
            int offset = (int)BinaryPrimitives.ReadInt64LittleEndian(section[24..]);
            switch (BinaryPrimitives.ReadInt32LittleEndian(section[4..]))
            {
                case DynamicSymbols:
                    (symbols, size) = (offset, (int)BinaryPrimitives.ReadInt64LittleEndian(section[32..]));
                    texts = (int)BinaryPrimitives.ReadInt64LittleEndian(file[(sections + 64 * BinaryPrimitives.ReadInt32LittleEndian(section[40..]) + 24)..]);
                    break;
                case SymbolVersions: versions = offset; break;
                case NeededVersions: needed = offset; break;
                default: break;
            }
        }
        int missing = Find(file, symbols, size, texts, Missing), harmless = Find(file, symbols, size, texts, Harmless);
        file.Slice(symbols + 24 * harmless, 4).CopyTo(file[(symbols + 24 * missing)..]);          // its name,
        file.Slice(versions + 2 * harmless, 2).CopyTo(file[(versions + 2 * missing)..]);          // and which version of the library has that
        Weaken(file, needed, texts);
    }

    // A symbol: 24 bytes, which begin with where its name stands.
    static int Find(ReadOnlySpan<byte> file, int symbols, int size, int texts, string name)
    {
        for (int i = 0; i < size / 24; i++)
            if (Is(file, texts + BinaryPrimitives.ReadInt32LittleEndian(file[(symbols + 24 * i)..]), name)) return i;
        throw new InvalidOperationException($"libLibTorchSharp.so does not use {name}; this version needs another way to start.");
    }

    // Which versions of a library are needed: lists of libraries, each with a list of versions. One that is weak may be absent.
    static void Weaken(Span<byte> file, int library, int texts)
    {
        for (int next = 1; next != 0; library += next)
        {
            next = BinaryPrimitives.ReadInt32LittleEndian(file[(library + 12)..]);
            for (int version = library + BinaryPrimitives.ReadInt32LittleEndian(file[(library + 8)..]), step = 1; step != 0; version += step)
            {
                step = BinaryPrimitives.ReadInt32LittleEndian(file[(version + 12)..]);
                if (Is(file, texts + BinaryPrimitives.ReadInt32LittleEndian(file[(version + 8)..]), Version)) BinaryPrimitives.WriteInt16LittleEndian(file[(version + 4)..], 2);
            }
        }
    }

    static bool Is(ReadOnlySpan<byte> file, int at, string name) => file[at..].StartsWith(Encoding.ASCII.GetBytes(name + "\0"));
}
