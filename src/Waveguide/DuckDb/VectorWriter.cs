using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

/// <summary>
/// Writes one output column straight into DuckDB's memory. Setting a value makes it not null. A row outside the chunk,
/// or a setter of another width than the column's, throws; a setter of the same width is not noticed.
/// </summary>
public readonly unsafe struct VectorWriter
{
    private readonly VectorState* _state;

    internal VectorWriter(VectorState* state) => _state = state;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetNull(int row)
    {
        CheckRow(row);
        if (_state->Validity is null)
        {
            _state->EnsureValidity();
        }
        _state->Validity[row >> 6] &= ~(1UL << (row & 63));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetBoolean(int row, bool value) => *Slot<byte>(row) = value ? (byte)1 : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetInt32(int row, int value) => *Slot<int>(row) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetInt64(int row, long value) => *Slot<long>(row) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetUInt64(int row, ulong value) => *Slot<ulong>(row) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetDouble(int row, double value) => *Slot<double>(row) = value;

    /// <summary>For TIMESTAMP and TIMESTAMP WITH TIME ZONE: microseconds since 1970-01-01 UTC.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetTimestampMicros(int row, long micros) => *Slot<long>(row) = micros;

    /// <summary>For DATE: days since 1970-01-01.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetDateDays(int row, int days) => *Slot<int>(row) = days;

    public void SetGuid(int row, Guid value) => *Slot<UHugeInt>(row) = Numbers.FlipUuid(Numbers.ToUuid(value));

    /// <summary>Copies the text, which must be valid UTF-8: DuckDB does not check it here, and invalid bytes would reach the file.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetUtf8(int row, ReadOnlySpan<byte> text)
    {
        UHugeInt* slot = Slot<UHugeInt>(row);
        if (text.Length <= VectorState.MaxInline)
        {
            *slot = default;
            *(int*)slot = text.Length;
            CopyInline(text, (byte*)slot + sizeof(int));
        }
        else if (!TryShare(slot, text))
        {
            Assign(row, text);
            _state->LastLong = row;
        }
    }

    public void SetBlob(int row, ReadOnlySpan<byte> bytes) => SetUtf8(row, bytes);

    /// <summary>Repeats the value of another row of the same chunk, NULL or not; text is shared, not copied.</summary>
    public void CopyFrom(int row, int otherRow)
    {
        CheckRow(otherRow);
        if (VectorValues.IsNull(_state->Validity, otherRow))
        {
            SetNull(row);
            return;
        }
        int width = _state->Width;
        CheckRow(row);
        Unsafe.CopyBlock(_state->Data + ((long)row * width), _state->Data + ((long)otherRow * width), (uint)width);
        MarkValid(row);
    }

    /// <summary>Makes every row NULL until it is set.</summary>
    public void InvalidateAll()
    {
        _state->EnsureValidity();
        new Span<ulong>(_state->Validity, (_state->Capacity + 63) / 64).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T* Slot<T>(int row)
        where T : unmanaged
    {
        if ((uint)row >= (uint)_state->Capacity || _state->Width != sizeof(T))
        {
            ThrowMisuse(row, sizeof(T));
        }
        MarkValid(row);
        return (T*)_state->Data + row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MarkValid(int row)
    {
        ulong* validity = _state->Validity;
        if (validity is not null)
        {
            validity[row >> 6] |= 1UL << (row & 63);
        }
    }

    /// <summary>Two overlapping moves of a fixed size take less time than one call that has to look at the size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyInline(ReadOnlySpan<byte> text, byte* target)
    {
        ref byte source = ref MemoryMarshal.GetReference(text);
        int length = text.Length;
        if (length >= sizeof(ulong))
        {
            *(ulong*)target = Unsafe.ReadUnaligned<ulong>(ref source);
            ulong end = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, length - sizeof(ulong)));
            *(ulong*)(target + length - sizeof(ulong)) = end;
        }
        else if (length >= sizeof(uint))
        {
            *(uint*)target = Unsafe.ReadUnaligned<uint>(ref source);
            uint end = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, length - sizeof(uint)));
            *(uint*)(target + length - sizeof(uint)) = end;
        }
        else
        {
            for (int index = 0; index < length; index++)
            {
                target[index] = Unsafe.Add(ref source, index);
            }
        }
    }

    /// <summary>Points to the last long text of the column where it is the same: rows beside each other often agree.</summary>
    private bool TryShare(UHugeInt* slot, ReadOnlySpan<byte> text)
    {
        if (_state->LastLong < 0)
        {
            return false;
        }
        UHugeInt* last = (UHugeInt*)_state->Data + _state->LastLong;
        bool same =
            *(int*)last == text.Length && text.SequenceEqual(VectorValues.Bytes(_state->Data, _state->LastLong));
        if (same)
        {
            *slot = *last;
        }
        return same;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Assign(int row, ReadOnlySpan<byte> text)
    {
        nint vector = _state->Vector;
        fixed (byte* start = text)
        {
            if (text.Length <= VectorState.MaxQuickCopy)
            {
                NativeMethods.assign_short_string(vector, (ulong)row, start, (ulong)text.Length);
            }
            else
            {
                NativeMethods.duckdb_unsafe_vector_assign_string_element_len(
                    vector,
                    (ulong)row,
                    start,
                    (ulong)text.Length
                );
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckRow(int row)
    {
        if ((uint)row >= (uint)_state->Capacity)
        {
            ThrowMisuse(row, _state->Width);
        }
    }

    [DoesNotReturn]
    private void ThrowMisuse(int row, int width) =>
        throw new InvalidOperationException(
            $"Row {row} of {_state->Capacity}: a value of {width} bytes was set in a column whose values have {_state->Width}."
        );
}
