using System.Numerics;

namespace Candeia.Gpu;

/// <summary>A kernel that is about to run: its arguments, and whether its indices need 64 bits.</summary>
internal sealed class Launch(GpuDevice device, bool isLarge)
{
    /// <summary>Above this, indices are 64 bits wide.</summary>
    public const long Large = int.MaxValue - (1 << 20);

    readonly Arguments _arguments = device.Arguments.Clear();

    /// <summary>Memory, and where the operand begins in it.</summary>
    public Launch Operand(Operand x) => Memory(x).Index(x.Layout.Offset);

    /// <summary>Memory alone.</summary>
    public Launch Memory(Operand x)
    {
        device.Recording?.Memory(_arguments.Next(sizeof(long)), x.Storage);
        return Memory(MemoryOf(x.Storage));
    }

    /// <summary>Memory by what the driver calls it.</summary>
    public Launch Memory(Handle memory)
    {
        _arguments.Add(memory);
        return this;
    }

    /// <summary>What the driver calls memory of this device.</summary>
    public static Handle MemoryOf(Storage storage) => ((GpuStorage)storage).Memory;

    /// <summary>A size, a stride or a place.</summary>
    public Launch Index(long value)
    {
        if (isLarge) _arguments.Add(value);
        else _arguments.Add(checked((int)value));
        return this;
    }

    /// <summary>A whole number of 32 bits.</summary>
    public Launch Whole(int value)
    {
        _arguments.Add(value);
        return this;
    }

    /// <summary>A whole number of 64 bits.</summary>
    public Launch Wide(long value)
    {
        _arguments.Add(value);
        return this;
    }

    /// <summary>Where the random numbers of the op begin: the key, the stream, and the place in it.</summary>
    public Launch Start(GeneratorState start)
    {
        for (int part = 0; part < 3; part++)
        {
            device.Recording?.OpStart(_arguments.Next(sizeof(long)), part);
            _arguments.Add(part switch { 0 => start.Key, 1 => start.Stream, _ => start.Position });
        }
        return this;
    }

    /// <summary>The numbers of the op in the type that is computed with.</summary>
    public Launch Numbers(ReadOnlySpan<double> numbers, DType dtype)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            device.Recording?.OpNumber(_arguments.Next(dtype.Size()), i, dtype);
            Number(numbers[i], dtype);
        }
        return this;
    }

    /// <summary>A number in the type that is computed with.</summary>
    public Launch Number(double value, DType dtype)
    {
        Put(_arguments, _arguments.Reserve(dtype.Size()), value, dtype);
        return this;
    }

    /// <summary>Writes a number over an argument of a type; whole numbers are cut off where their type ends.</summary>
    public static void Put(Arguments arguments, int at, double value, DType dtype)
    {
        switch (dtype)
        {
            case DType.Float32: arguments.Put(at, (float)value); break;
            case DType.Float64: arguments.Put(at, value); break;
            case DType.Int64: arguments.Put(at, long.CreateSaturating(value)); break;
            case DType.Int32: arguments.Put(at, int.CreateSaturating(value)); break;
            case DType.Int16: arguments.Put(at, short.CreateSaturating(value)); break;
            case DType.Int8: arguments.Put(at, sbyte.CreateSaturating(value)); break;
            default: arguments.Put(at, byte.CreateSaturating(value)); break;
        }
    }

    /// <summary>A plain number in the type that is computed with.</summary>
    public Launch Number(Operand number, DType dtype)
    {
        device.Recording?.Number(_arguments.Next(dtype.Size()), number.Storage, dtype);
        int at = _arguments.Reserve(dtype.Size());
        Put(_arguments, at, number, dtype);
        return this;
    }

    /// <summary>Writes a plain number over an argument of a type.</summary>
    public static void Put(Arguments arguments, int at, Operand number, DType dtype)
    {
        switch (dtype)
        {
            case DType.Float32: arguments.Put(at, number.Number<float>()); break;
            case DType.Float64: arguments.Put(at, number.Number<double>()); break;
            case DType.Int64: arguments.Put(at, number.Number<long>()); break;
            case DType.Int32: arguments.Put(at, number.Number<int>()); break;
            case DType.Int16: arguments.Put(at, number.Number<short>()); break;
            case DType.Int8: arguments.Put(at, number.Number<sbyte>()); break;
            case DType.Bool: arguments.Put(at, number.Number<double>() != 0 ? (byte)1 : (byte)0); break;
            case DType.Complex64: arguments.Put(at, (Complex64)number.Number<Complex>()); break;
            case DType.Complex128: arguments.Put(at, number.Number<Complex>()); break;
            default: arguments.Put(at, number.Number<byte>()); break;
        }
    }

    /// <summary>Runs the kernel in groups of threads.</summary>
    public void Run(Handle kernel, long groups, int threads) => device.Run(kernel, groups, threads, _arguments);
}
