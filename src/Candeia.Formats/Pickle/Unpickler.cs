using System.Collections;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Candeia;

/// <summary>
/// Reads what Python's pickle has written, as values and nothing else: texts, numbers, lists, tuples (arrays), dictionaries, and what <see cref="IPickleNames"/>
/// puts together. It is a machine of a stack and a memo that knows the instructions that files of weights use; every other one is refused by its name.
/// </summary>
/// <remarks>The instructions: <see href="https://github.com/python/cpython/blob/main/Lib/pickletools.py"/>.</remarks>
internal sealed class Unpickler(PickleReader reader, IPickleNames names, bool keepsForeign = false)
{
    const int MostDeep = 1 << 20, MostWhole = 1024;
    const long Slack = 16 << 20;                                             // words of a language take ten times their bytes
    static readonly object[] s_small = [.. Enumerable.Range(0, 256).Select(i => (object)(long)i)];
    static readonly object s_true = true, s_false = false;
    readonly List<object?> _stack = [], _memo = [];
    readonly List<int> _marks = [];
    int _highest;
    long _budget = checked(4 * reader.File.Length + Slack);

    /// <summary>Reads one object.</summary>
    public object? Read()
    {
        while (true)
        {
            int code = reader.Byte();
            switch (code)
            {
                case '.': return _stack.Count == 1 && _marks.Count == 0 ? _stack[0] : throw Error($"ends with {_stack.Count} objects instead of one");
                case 0x80: Protocol(reader.Byte()); break;
                case 0x95: Frame(reader.I64()); break;
                case '(': Mark(); break;
                case 'N': Push(null); break;
                case 0x88: Push(s_true); break;
                case 0x89: Push(s_false); break;
                case 'K': Push(s_small[reader.Byte()]); break;
                case 'M': Push(Whole(reader.U16())); break;
                case 'J': Push(Whole((int)reader.U32())); break;
                case 0x8a: Push(Whole(reader.Byte())); break;
                case 'G': Push(Charged(24, reader.BigEndianDouble())); break;
                case 'X': Push(Text(reader.U32())); break;
                case 0x8c: Push(Text(reader.Byte())); break;
                case 0x8d: Push(Text(reader.I64())); break;
                case 'U': Push(OldText(reader.Byte())); break;
                case 'T': Push(OldText(reader.U32())); break;
                case 'C': Push(Bytes(reader.Byte())); break;
                case 'B': Push(Bytes(reader.U32())); break;
                case 0x8e or 0x96: Push(Bytes(reader.I64())); break;
                case ']': Push(Charged(32, new PickleList())); break;
                case '}': Push(Charged(32, new PickleDictionary())); break;
                case 0x8f: Push(Charged(32, new PickleList())); break;
                case ')': Push(Array.Empty<object?>()); break;
                case 0x85: Push(Tuple(1)); break;
                case 0x86: Push(Tuple(2)); break;
                case 0x87: Push(Tuple(3)); break;
                case 't': Push(Tuple(SinceMark())); break;
                case 'a': Append(1); break;
                case 'e' or 0x90: Append(SinceMark()); break;
                case 's': SetItems(2); break;
                case 'u': SetItems(SinceMark()); break;
                case 'q': Put(reader.Byte()); break;
                case 'r': Put(reader.U32()); break;
                case 0x94: Put((uint)_memo.Count); break;
                case 'h': Push(Get(reader.Byte())); break;
                case 'j': Push(Get(reader.U32())); break;
                case 'c': Push(names.Find(reader.Line(), reader.Line())); break;
                case 0x93: StackGlobal(); break;
                case 'Q': Push(names.Persistent(Pop())); break;
                case 'R' or 0x81: Call(); break;
                case 'b': Build(); break;
                default: throw Refused(code);
            }
        }
    }

    void Protocol(int version)
    {
        if (version > 5) throw Error($"is of protocol {version}; 0 to 5 are known");
    }

    void Frame(long length)
    {
        if (length < 0 || length > reader.Remaining) throw Error($"announces a frame of {(ulong)length:N0} bytes, but {reader.Remaining:N0} follow");
    }

    void Push(object? value)
    {
        if (_stack.Count == MostDeep) throw Error($"has more than {MostDeep:N0} objects waiting for each other");
        if (_stack.Count == _highest)
        {
            _highest++;
            Charge(24);
        }
        _stack.Add(value);
    }

    object? Pop()
    {
        if (_stack.Count == 0 || _marks.Count > 0 && _marks[^1] == _stack.Count) throw Error($"takes an object where there is none");
        var value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    void Mark()
    {
        if (_marks.Count == MostDeep) throw Error($"has more than {MostDeep:N0} objects waiting for each other");
        _marks.Add(_stack.Count);
    }

    /// <summary>How many objects there are since the last mark, which is taken away.</summary>
    int SinceMark()
    {
        if (_marks.Count == 0) throw Error($"ends a list that has not begun");
        int count = _stack.Count - _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return count;
    }

    object?[] Tuple(int count) => Charged(24 + 8 * count, Take(count));

    object?[] Take(int count)
    {
        if (count > _stack.Count - (_marks.Count > 0 ? _marks[^1] : 0)) throw Error($"takes an object where there is none");
        if (count == 0) return [];
        var items = CollectionsMarshal.AsSpan(_stack)[^count..].ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    object? Top() => _stack.Count > 0 && (_marks.Count == 0 || _marks[^1] < _stack.Count) ? _stack[^1] : throw Error($"takes an object where there is none");

    void Append(int count)
    {
        var items = Take(count);
        Charge(16 * count);
        var list = Top() switch { PickleList own => own, ForeignObject foreign => foreign.List, _ => throw Error($"adds to what is no list") };
        foreach (var item in items) list.Add(item);
    }

    void SetItems(int count)
    {
        var items = Take(count);
        Charge(32 * (long)count);
        var dictionary = Top() switch { PickleDictionary own => own, ForeignObject foreign => foreign.Dictionary, _ => throw Error($"sets an entry in what is no dictionary") };
        if (count % 2 != 0) throw Error($"sets a key without a value");
        for (int i = 0; i < count; i += 2)
            if (!dictionary.TrySet(items[i], items[i + 1])) throw Error($"has a key that is neither text nor number");
    }

    void Put(uint index)
    {
        if (index < _memo.Count) _memo[(int)index] = Top();
        else if (index != _memo.Count && index - (uint)_memo.Count > reader.File.Length / 8) throw Error($"remembers an object under the number {index:N0}, which is out of turn");
        else
        {
            Charge(16 * (1 + index - (uint)_memo.Count));
            while (_memo.Count < index) _memo.Add(Unset.Value);
            _memo.Add(Top());
        }
    }

    object? Get(uint index) =>
        index < _memo.Count && _memo[(int)index] is var value && value is not Unset ? value : throw Error($"asks for an object under the number {index:N0}, where there is none");

    void StackGlobal()
    {
        if (Pop() is string name && Pop() is string module) Push(names.Find(module, name));
        else throw Error($"names something by what is no text");
    }

    void Call()
    {
        if (Pop() is not object?[] arguments) throw Error($"calls something with what is no list of arguments");
        Push(Pop() switch
        {
            PickleFunction function => Made(function, arguments),
            ForeignObject { Arguments: null } type when keepsForeign => Charged(120, new ForeignObject(type.Type, arguments)),
            ForeignObject or PickleList or PickleDictionary => throw Error($"calls an object of a file, which is no function"),
            _ => throw Error($"calls what is no function"),
        });
    }

    object Made(PickleFunction function, object?[] arguments)
    {
        Charge(128);
        return function.Make(arguments) ?? throw Error($"calls {function.Name} with other arguments than it takes");
    }

    // What an ordered dictionary carries besides its entries are versions of the modules that it was made by.
    void Build()
    {
        var state = Pop();
        switch (Top())
        {
            case PickleDictionary: break;
            case IPickleBuilt built when built.Build(state): break;
            case ForeignObject { Arguments: not null } foreign: foreign.State = state; break;
            default: throw Error($"sets attributes of what has none");
        }
    }

    object Whole(long value) => value is >= 0 and < 256 ? s_small[value] : Charged(24, value);

    object Whole(byte count)
    {
        byte[] bytes = reader.Bytes(count);
        if (count <= 8)
        {
            long value = 0;
            for (int i = 0; i < count; i++) value |= (long)bytes[i] << 8 * i;
            if (count is > 0 and < 8 && bytes[^1] >= 0x80) value |= -1L << 8 * count;
            return Whole(value);
        }
        return Charged(32 + count, new BigInteger(bytes));
    }

    string Text(long bytes)
    {
        Charge(24 + 2 * Math.Clamp(bytes, 0, reader.Remaining));
        return reader.Utf8(bytes);
    }

    // Python 2 has texts that may be bytes.
    object OldText(long count)
    {
        Charge(24 + 2 * Math.Min(count, reader.Remaining));
        byte[] bytes = reader.Bytes(count);
        return (object?)PickleReader.Utf8OrNull(bytes) ?? bytes;
    }

    byte[] Bytes(long count)
    {
        Charge(24 + Math.Clamp(count, 0, reader.Remaining));
        return reader.Bytes(count);
    }

    T Charged<T>(long bytes, T value)
    {
        Charge(bytes);
        return value;
    }

    // So little can be written that makes so much that the size of the file is what limits it.
    void Charge(long bytes)
    {
        _budget -= bytes;
        if (_budget < 0) throw Error($"makes more objects than a file of {reader.File.Length:N0} bytes explains");
    }

    TensorFileException Error(FormattableString what, Exception? inner = null) => reader.File.Error($"the pickle {FormattableString.Invariant(what)} (before byte {reader.Position:N0})", inner);

    TensorFileException Refused(int code) => code switch
    {
        'i' => Error($"has the instruction INST, which makes objects of any class; nothing was run"),
        'o' => Error($"has the instruction OBJ, which makes objects of any class; nothing was run"),
        0x82 or 0x83 or 0x84 => Error($"has an instruction EXT, which names classes by number; nothing was run"),
        0x92 => Error($"has the instruction NEWOBJ_EX, which makes objects of any class; nothing was run"),
        'P' => Error($"has the instruction PERSID, which no file of weights has"),
        '0' or '1' or '2' => Error($"has an instruction POP or DUP, which no file of weights has"),
        'I' or 'L' or 'F' or 'S' or 'V' or 'l' or 'd' or 'p' or 'g' => Error($"is of protocol 0, written as text, which no file of weights is"),
        0x8b => Error($"has a whole number of more than {MostWhole} bits"),
        0x91 => Error($"has a frozen set, which no file of weights has"),
        0x97 or 0x98 => Error($"has buffers outside of the file"),
        _ => Error($"has the byte {code:x2} where an instruction belongs; it is damaged, or no pickle"),
    };

    sealed class Unset
    {
        public static Unset Value { get; } = new();
    }
}

/// <summary>A value of a pickle that takes attributes.</summary>
internal interface IPickleBuilt
{
    /// <summary>Takes them; false where they are not those that it has.</summary>
    bool Build(object? state);
}
