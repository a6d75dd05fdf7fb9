namespace Candeia.Datasets;

/// <summary>The third byte of an IDX file.</summary>
internal enum IdxType : byte
{
    UInt8 = 0x08,
    Int8 = 0x09,
    Int16 = 0x0B,
    Int32 = 0x0C,
    Float32 = 0x0D,
    Float64 = 0x0E,
}
