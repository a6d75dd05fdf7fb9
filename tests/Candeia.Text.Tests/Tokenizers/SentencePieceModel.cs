using System.Text;

namespace Candeia.Text.Tests;

/// <summary>Writes the smallest file that SentencePiece reads: ModelProto with pieces, and a trainer that says what kind they are.</summary>
static class SentencePieceModel
{
    public static byte[] Unigrams(params (string Piece, float Score, int Type)[] pieces)
    {
        var file = new MemoryStream();
        foreach (var (piece, score, type) in pieces)
        {
            var one = new MemoryStream();
            Bytes(one, 1, Encoding.UTF8.GetBytes(piece));
            one.WriteByte(2 << 3 | 5);
            one.Write(BitConverter.GetBytes(score));
            one.Write([3 << 3, (byte)type]);
            Bytes(file, 1, one.ToArray());
        }
        Bytes(file, 2, [3 << 3, 1]);                                // trainer_spec { model_type: UNIGRAM }
        Bytes(file, 3, [3 << 3, 1, 4 << 3, 1, 5 << 3, 1]);          // normalizer_spec { add_dummy_prefix, remove_extra_whitespaces, escape_whitespaces }
        return file.ToArray();
    }

    static void Bytes(Stream to, int field, byte[] content)
    {
        to.Write([(byte)(field << 3 | 2), (byte)content.Length]);
        to.Write(content);
    }
}
