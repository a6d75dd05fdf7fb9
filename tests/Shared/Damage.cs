using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Tests;

/// <summary>Valid files, damaged in many ways.</summary>
static class Damage
{
    /// <summary>Shows damaged copies of a file to a check: bytes are changed, removed, put in and repeated.</summary>
    public static void Of(byte[] valid, int times, Action<byte[]> check)
    {
        var damage = Gen.Two(Gen.Choose(0, valid.Length - 1)).Zip(Gen.Choose(0, 255)).Zip(Gen.Choose(0, 3)).ListOf(4);
        Prop.ForAll(damage.ToArbitrary(), steps =>
        {
            List<byte> file = [.. valid];
            foreach (var (((at, other), value), kind) in steps)
            {
                if (at >= file.Count) continue;
                switch (kind)
                {
                    case 0: file[at] = (byte)value; break;
                    case 1: file.RemoveRange(at, Math.Min(value % 16, file.Count - at)); break;
                    case 2: file.Insert(at, (byte)value); break;
                    default: file.InsertRange(at, file.GetRange(Math.Min(other, file.Count), Math.Min(value % 32, file.Count - Math.Min(other, file.Count)))); break;
                }
            }
            check([.. file]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(times));
    }
}
